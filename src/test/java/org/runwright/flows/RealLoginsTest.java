package org.runwright.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.runwright.run.Run;
import org.runwright.run.RunState;
import org.runwright.run.Step;
import org.runwright.run.StepState;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Every way to log in and to become root on real hosts, and that no secret is left anywhere. */
@Tag("lab")
@FlowTest
@ExtendWith(OutputCaptureExtension.class)
class RealLoginsTest {

  private static final List<String> SECRETS =
      List.of("deploy-secret", "lab-passphrase", "not-the-secret");
  private static final RealHost DB = new RealHost("db1");
  private static final RealLab LAB = withHosts();

  private final Flows flows;
  private final JdbcClient jdbc;
  private final String ledger = "/var/tmp/runwright-ledger-" + UUID.randomUUID();

  RealLoginsTest(Flows flows, JdbcClient jdbc) {
    this.flows = flows;
    this.jdbc = jdbc;
  }

  private static RealLab withHosts() {
    RealLab lab = RealLab.open();
    Path keys = RealLab.STATE.resolve("keys");
    lab.write("password", "deploy-secret\n");
    lab.write(
        "runbooks/inventory.yml",
        """
        all:
          vars: { site: lab, ansible_host: 10.77.0.11 }
          hosts:
            sudo-password:
              ansible_user: deploy
              ansible_ssh_private_key_file: %1$s/id
              ansible_become: true
              ansible_become_password: deploy-secret
            wrong-sudo-password:
              ansible_user: deploy
              ansible_ssh_private_key_file: %1$s/id
              ansible_become: true
              ansible_become_password: not-the-secret
            ssh-password:
              ansible_user: deploy
              ansible_password: "{{ lookup('file', '%2$s/password') }}"
              ansible_become: true
              ansible_become_password: "{{ lookup('file', '%2$s/password') }}"
            passphrase:
              ansible_user: ops
              ansible_ssh_private_key_file: %1$s/id_passphrase
              ansible_ssh_private_key_passphrase: lab-passphrase
            behind-lb1:
              ansible_user: ops
              ansible_ssh_private_key_file: %1$s/id
              ansible_ssh_common_args: -o ProxyJump=ops@10.77.0.14
            wrong-key: { ansible_host: 10.77.0.12, ansible_user: ops, ansible_ssh_private_key_file: %1$s/id }
            unknown-key: { ansible_host: 10.77.0.13, ansible_user: ops, ansible_ssh_private_key_file: %1$s/id }
        """
            .formatted(keys, lab.directory()));
    lab.write(
        "runbooks/services.yml",
        "platform: logins\nservices: { database: { hosts: passphrase, manager: systemd, unit: mariadb } }\n");
    return lab;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    LAB.register(registry);
    registry.add("logging.level.org.runwright", () -> "debug");
  }

  @AfterEach
  void nothingIsLeft() {
    flows.cancelAll();
    for (String host : List.of("db1", "app1", "crm1")) {
      new RealHost(host).sudo("rm -f /var/tmp/runwright-ledger-*");
    }
  }

  @ParameterizedTest
  @CsvSource({"sudo-password,root", "ssh-password,root", "passphrase,ops", "behind-lb1,ops"})
  void every_way_in_runs_a_command_and_leaves_no_secret(
      String host, String user, CapturedOutput log) {
    CompletableFuture<Map<String, Long>> watch = CompletableFuture.supplyAsync(this::watch);
    Run run = submit(host, "3.5");
    await().atMost(Flows.LIMIT).until(() -> DB.processes("sleep 3.5") == 1);
    String peers = DB.sudo("ss -Htn state established '( sport = :22 )'");

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);

    assertThat(flows.output(run.id())).isEqualTo("began as " + user + "\ndone\n");
    assertThat(DB.lines(ledger)).containsExactly("once");
    if (host.equals("behind-lb1")) {
      assertThat(peers).as("it came through lb1").contains("10.77.0.14:");
    }
    assertThat(watch.join())
        .as("command lines and environments on the host while it ran")
        .hasEntrySatisfying("sleep 3.5", count -> assertThat(count).isPositive())
        .containsAllEntriesOf(Map.of("deploy-secret", 0L, "lab-passphrase", 0L));
    nothingTells(log);
  }

  @Test
  void a_wrong_become_password_is_told_and_nothing_ran(CapturedOutput log) {
    Step step = refused("wrong-sudo-password");

    assertThat(step.message())
        .hasValueSatisfying(m -> assertThat(m).contains("refused the become password"));
    assertThat(DB.lines(ledger)).isEmpty();
    nothingTells(log);
  }

  @Test
  void a_wrong_host_key_is_refused_with_what_to_do_and_nothing_ran() throws IOException {
    knowKeys(line -> line.startsWith("10.77.0.12 ") ? otherKey(line) : line);

    Step step = refused("wrong-key");

    assertThat(step.message())
        .hasValueSatisfying(
            m ->
                assertThat(m)
                    .contains("Somebody may be in between")
                    .contains("ssh-keygen -f " + LAB.knownHosts() + " -R '10.77.0.12'")
                    .contains("ssh-keyscan 10.77.0.12"));
    assertThat(new RealHost("app1").lines(ledger)).isEmpty();
    assertThat(step.changed()).contains(false);
  }

  @Test
  void an_unknown_host_key_is_refused_until_a_person_adds_it_and_retries() throws IOException {
    knowKeys(line -> line.startsWith("10.77.0.13 ") ? "# none" : line);

    Step step = refused("unknown-key");

    assertThat(step.message())
        .hasValueSatisfying(m -> assertThat(m).contains("is unknown").contains("ssh-keyscan"));
    assertThat(new RealHost("crm1").lines(ledger)).isEmpty();
    knowKeys(line -> line);
    flows.retry(step);
    assertThat(flows.awaitEnd(step.runId()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(new RealHost("crm1").lines(ledger)).containsExactly("once");
  }

  private Run submit(String host, String seconds) {
    return flows.submit("host-command", Map.of("where", host, "seconds", seconds, "file", ledger));
  }

  private Step refused(String host) {
    Run run = submit(host, "0");
    flows.awaitState(run.id(), RunState.SUSPENDED);
    Step step = flows.steps(run.id()).get(flows.steps(run.id()).size() - 1);
    assertThat(step.state()).isEqualTo(StepState.FAILED);
    assertThat(flows.output(run.id())).isEmpty();
    return step;
  }

  /** How often each text is seen in the process table of db1 while the command runs. */
  private Map<String, Long> watch() {
    List<String> texts = List.of("sleep 3.5", "deploy-secret", "lab-passphrase");
    // Each pattern ends in [x], so that it does not match the command line that it stands in.
    String counts =
        texts.stream()
            .map(t -> t.substring(0, t.length() - 1) + "[" + t.substring(t.length() - 1) + "]")
            .map(pattern -> "grep -ac \"" + pattern + "\" $f")
            .collect(Collectors.joining("; "));
    String seen =
        DB.sudo(
            "f=$(mktemp); end=$(($(date +%s) + 6)); while [ $(date +%s) -lt $end ]; do for p in /proc/[0-9]*; do tr \"\\0\" \" \" <$p/cmdline; echo; tr \"\\0\" \" \" <$p/environ; echo; done 2>/dev/null >>$f; done; "
                + counts
                + "; rm -f $f");
    List<Long> numbers = seen.lines().map(Long::valueOf).toList();
    return Map.of(
        texts.get(0), numbers.get(0), texts.get(1), numbers.get(1), texts.get(2), numbers.get(2));
  }

  /** Neither the log nor the whole database, as text, in hexadecimal or in Base64. */
  private void nothingTells(CapturedOutput log) {
    String database = String.join("\n", jdbc.sql("script").query(String.class).list());
    assertThat(database).as("the dump is whole").contains("ACT_HI_VARINST").contains(ledger);
    for (String secret : SECRETS) {
      assertThat(log.getAll().contains(secret)).as("the log holds %s", secret).isFalse();
      byte[] bytes = secret.getBytes(UTF_8);
      for (String form :
          List.of(
              secret,
              HexFormat.of().formatHex(bytes),
              Base64.getEncoder().withoutPadding().encodeToString(bytes))) {
        assertThat(database.contains(form)).as("the database holds %s", form).isFalse();
      }
    }
  }

  private static void knowKeys(java.util.function.UnaryOperator<String> change) throws IOException {
    try (var lines = Files.lines(RealLab.STATE.resolve("keys/known_hosts"))) {
      Files.write(LAB.knownHosts(), lines.map(change).toList());
    }
  }

  /** The host's line with the key of db1. */
  private static String otherKey(String line) {
    String address = line.substring(0, line.indexOf(' '));
    return DB.sudo("cat /etc/ssh/ssh_host_ed25519_key.pub").replaceFirst("^", address + " ");
  }
}
