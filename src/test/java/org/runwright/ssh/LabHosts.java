package org.runwright.ssh;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.runwright.platform.Become;
import org.runwright.platform.Credential;
import org.runwright.platform.Host;
import org.runwright.platform.Jump;
import org.runwright.platform.Login;
import org.runwright.secret.Mask;
import org.runwright.secret.Secrets;

/** The real hosts of {@code scripts/lab}, and hosts and settings for tests in general. */
final class LabHosts {

  static final Path STATE =
      Path.of(
          Optional.ofNullable(System.getenv("RUNWRIGHT_LAB_STATE"))
              .orElse("/var/lib/runwright-lab"));
  static final String DB = "10.77.0.11";
  static final String APP = "10.77.0.12";
  static final Path KEY = STATE.resolve("keys/id");
  static final Path KNOWN_HOSTS = STATE.resolve("keys/known_hosts");

  private LabHosts() {}

  /** User ops: key, sudo without a password. */
  static Host ops(String address) {
    return host(address, 22, key("ops"), Optional.of(new Become("root", Optional.empty())));
  }

  /** User deploy: password for login and for sudo. */
  static Host deploy(String address, String sudoPassword) {
    Credential secret = new Credential("deploy-secret");
    return host(
        address,
        22,
        new Login("deploy", Optional.empty(), Optional.empty(), Optional.of(secret)),
        Optional.of(new Become("root", Optional.of(new Credential(sudoPassword)))));
  }

  static Login key(String user) {
    return new Login(user, Optional.of(KEY), Optional.empty(), Optional.empty());
  }

  static Login password(String user, String password) {
    return new Login(
        user, Optional.empty(), Optional.empty(), Optional.of(new Credential(password)));
  }

  static Host host(String address, int port, Login login, Optional<Become> become, Jump... jumps) {
    return new Host(
        address,
        address,
        port,
        login,
        become,
        List.of(jumps),
        new TreeSet<>(List.of("all")),
        Map.of());
  }

  static SshProperties settings(Path knownHosts) {
    return new SshProperties(
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        2,
        8,
        1000,
        List.of(knownHosts),
        false,
        "",
        1 << 20);
  }

  static SshProperties stateIn(SshProperties s, String directory) {
    return new SshProperties(
        s.connectTimeout(),
        s.loginTimeout(),
        s.keepAlive(),
        s.commandTimeout(),
        s.idle(),
        s.connectionsPerHost(),
        s.commandsPerConnection(),
        s.connections(),
        s.knownHosts(),
        s.trustOnFirstUse(),
        directory,
        s.outputPerLook());
  }

  static Secrets secrets() {
    return new Secrets(new Mask());
  }

  static SshRemoteCommands commands(SshProperties settings) {
    Mask mask = new Mask();
    return new SshRemoteCommands(settings, new Secrets(mask), mask, Clock.systemUTC());
  }
}
