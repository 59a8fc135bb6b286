package org.runwright.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsTest {

  private static final PublicKey KEY = TestServer.newKey().getPublic();
  private static final PublicKey OTHER = TestServer.newKey().getPublic();

  @TempDir private Path folder;

  @Test
  void the_key_of_the_file_is_believed_and_no_other() throws IOException {
    KnownHosts hosts = known("db1,10.0.0.1 " + line(KEY));
    assertThat(refusal(hosts, "db1", 22, KEY)).isNull();
    assertThat(refusal(hosts, "DB1", 22, KEY)).isNull();
    assertThat(refusal(hosts, "10.0.0.1", 22, KEY)).isNull();
    assertThat(refusal(hosts, "db1", 22, OTHER))
        .contains("not the one in", KnownHosts.fingerprint(OTHER), "ssh-keygen -f", "-R 'db1'");
  }

  @Test
  void an_unknown_host_is_refused_with_what_to_run() throws IOException {
    assertThat(refusal(known(""), "db1", 2222, KEY))
        .contains("[db1]:2222 is unknown", "SHA256:", "ssh-keyscan -p 2222 db1 >>");
  }

  @Test
  void a_port_is_part_of_the_name() throws IOException {
    KnownHosts hosts = known("[db1]:2222 " + line(KEY));
    assertThat(refusal(hosts, "db1", 2222, KEY)).isNull();
    assertThat(refusal(hosts, "db1", 22, KEY)).contains("is unknown");
  }

  @Test
  void hashed_names_are_found() throws Exception {
    Path file = Files.writeString(folder.resolve("hashed"), "db1 " + line(KEY) + "\n");
    new ProcessBuilder("ssh-keygen", "-q", "-H", "-f", file.toString())
        .redirectErrorStream(true)
        .start()
        .waitFor();
    assertThat(Files.readString(file)).startsWith("|1|");
    KnownHosts hosts = new KnownHosts(List.of(file), false);
    assertThat(refusal(hosts, "db1", 22, KEY)).isNull();
    assertThat(refusal(hosts, "db2", 22, KEY)).contains("is unknown");
  }

  @Test
  void a_revoked_key_is_refused_even_if_listed_elsewhere() throws IOException {
    KnownHosts hosts = known("db1 " + line(KEY), "@revoked * " + line(KEY));
    assertThat(refusal(hosts, "db1", 22, KEY)).contains("is revoked");
  }

  @Test
  void trust_on_first_use_remembers_and_then_refuses_a_change() throws IOException {
    Path file = folder.resolve("new/known_hosts");
    KnownHosts hosts = new KnownHosts(List.of(file), true);
    assertThat(refusal(hosts, "db1", 2222, KEY)).isNull();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).isEqualTo("[db1]:2222 " + line(KEY) + "\n");
    assertThat(refusal(hosts, "db1", 2222, OTHER)).contains("not the one in");
    assertThat(refusal(new KnownHosts(List.of(file), false), "db1", 2222, KEY)).isNull();
  }

  @Test
  void a_file_that_changed_is_read_again() throws IOException {
    KnownHosts hosts = known("");
    assertThat(refusal(hosts, "db1", 22, KEY)).isNotNull();
    known("db1 " + line(KEY));
    assertThat(refusal(hosts, "db1", 22, KEY)).isNull();
  }

  @Test
  void the_algorithms_of_known_keys_are_asked_for() throws IOException {
    KnownHosts hosts = known("db1 " + line(KEY));
    assertThat(hosts.verdict("db1", 22).findExistingAlgorithms("", 0))
        .containsExactly("ecdsa-sha2-nistp256");
  }

  private KnownHosts known(String... lines) throws IOException {
    Path file = folder.resolve("known_hosts");
    Files.writeString(file, String.join("\n", lines) + "\n");
    return new KnownHosts(List.of(file), false);
  }

  private static String line(PublicKey key) {
    return PublicKeyEntry.toString(key);
  }

  private static String refusal(KnownHosts hosts, String address, int port, PublicKey key) {
    KnownHosts.Verdict verdict = hosts.verdict(address, port);
    boolean accepted = verdict.verify("ignored", 0, key);
    assertThat(accepted).isEqualTo(verdict.refusal() == null);
    return verdict.refusal();
  }
}
