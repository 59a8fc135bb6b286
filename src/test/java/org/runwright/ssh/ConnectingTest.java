package org.runwright.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runwright.platform.Credential;
import org.runwright.platform.Host;
import org.runwright.platform.Jump;
import org.runwright.platform.Login;
import org.runwright.ssh.Observation.Progress.Exited;

/** Logins, connections and their failures, against a server in this JVM. */
class ConnectingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private TestServer server;
  private SshRemoteCommands commands;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = new TestServer();
    commands = use(settings(15, 300));
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    server.close();
  }

  @Test
  void a_password_logs_in_and_many_commands_share_the_connection() {
    for (int i = 0; i < 5; i++) {
      assertThat(run(server.host(), "echo $1", "x" + i)).isEqualTo("x" + i + "\n");
    }
    assertThat(server.logins).hasValue(1);
  }

  @Test
  void commands_at_once_wait_for_one_login() {
    List<CompletableFuture<String>> runs = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      runs.add(CompletableFuture.supplyAsync(() -> run(server.host(), "echo a")));
    }
    runs.forEach(run -> assertThat(run.join()).isEqualTo("a\n"));
    assertThat(server.logins).hasValue(1);
  }

  @Test
  void a_key_with_a_passphrase_logs_in() throws Exception {
    KeyPair key = TestServer.newKey();
    server.accept(key);
    Path file = TestServer.write(key, folder.resolve("id"), Optional.of("pass phrase"));
    assertThat(run(server.host(keyLogin(file, "pass phrase")), "echo a")).isEqualTo("a\n");
    SshFailure wrong = failure(server.host(keyLogin(file, "wrong one")));
    assertThat(wrong).hasMessageContaining("the passphrase is wrong");
    assertThat(wrong.getMessage()).doesNotContain("wrong one");
    assertThat(wrong.lasting()).isTrue();
    assertThat(wrong.perhapsSent()).isFalse();
  }

  @Test
  void a_refused_login_tells_what_was_tried_and_no_secret() throws Exception {
    Path file = TestServer.write(TestServer.newKey(), folder.resolve("id"), Optional.empty());
    Login login =
        new Login(
            TestServer.USER,
            Optional.of(file),
            Optional.empty(),
            Optional.of(new Credential("not-the-password")));
    SshFailure failure = failure(server.host(login));
    assertThat(failure.lasting()).isTrue();
    assertThat(failure.getMessage())
        .contains("refused the login: tried the key " + file + " and the password", "password")
        .doesNotContain("not-the-password");
  }

  @Test
  void a_changed_host_key_is_refused_for_good() throws IOException {
    int port = server.port();
    server.close();
    server = new TestServer(port);
    SshFailure failure = failure(server.host());
    assertThat(failure).hasMessageContaining("is not the one in").hasMessageContaining("SHA256:");
    assertThat(failure.lasting()).isTrue();
    assertThat(server.logins).hasValue(0);
  }

  @Test
  void failures_that_pass_by_themselves_say_what_to_look_at() throws IOException {
    assertPassing(LabHosts.host("no-such-host.invalid", 22, login(), Optional.empty()), "address");
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertPassing(LabHosts.host("127.0.0.1", free, login(), Optional.empty()), "is sshd running");
  }

  @Test
  void a_session_that_dies_in_the_middle_of_the_login_is_no_refusal() throws Exception {
    KeyPair key = TestServer.newKey();
    server.accept(key);
    // With a single way to log in sshj tells of a dead session as it tells of a refusal.
    server
        .server()
        .setPublickeyAuthenticator(
            (user, offered, session) -> {
              session.close(true);
              return false;
            });
    Path file = TestServer.write(key, folder.resolve("id"), Optional.of("pass phrase"));

    assertPassing(server.host(keyLogin(file, "pass phrase")), "");
  }

  @Test
  void a_server_that_never_speaks_is_given_up_in_time() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      commands = use(settings(15, 300, Duration.ofSeconds(1)));
      Host host = LabHosts.host("127.0.0.1", mute.getLocalPort(), login(), Optional.empty());
      assertPassing(host, "did not answer in time");
    }
  }

  @Test
  void a_black_hole_fails_within_the_keep_alive_limit() throws Exception {
    SilentLink link = new SilentLink(server.port());
    open.add(link);
    Files.writeString(
        folder.resolve("known_hosts"), "[127.0.0.1]:" + link.port() + " " + server.keyLine());
    commands = use(settings(3, 300));
    Host host = LabHosts.host("127.0.0.1", link.port(), login(), Optional.empty());
    run(host, "echo warm");
    link.fallSilent();
    long begin = System.nanoTime();
    assertThatThrownBy(() -> run(host, "sleep 60"))
        .isInstanceOfSatisfying(
            SshFailure.class, failure -> assertThat(failure.lasting()).isFalse());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void a_broken_connection_is_replaced() throws IOException {
    run(server.host(), "echo a");
    server.server().getActiveSessions().forEach(session -> session.close(true));
    assertThat(run(server.host(), "echo b")).isEqualTo("b\n");
    assertThat(server.logins).hasValue(2);
  }

  @Test
  void an_idle_connection_is_closed() throws IOException {
    commands = use(settings(15, 1));
    run(server.host(), "echo a");
    assertThat(server.server().getActiveSessions()).hasSize(1);
    await().until(() -> server.server().getActiveSessions().isEmpty());
    assertThat(run(server.host(), "echo b")).isEqualTo("b\n");
  }

  @Test
  void a_host_behind_two_jumps_is_reached_and_each_key_proved() throws IOException {
    try (TestServer first = new TestServer();
        TestServer second = new TestServer()) {
      Path known = folder.resolve("known_hosts");
      String all = "";
      for (TestServer one : List.of(first, second, server)) {
        all += "[127.0.0.1]:" + one.port() + " " + one.keyLine() + "\n";
      }
      Files.writeString(known, all);
      Host host = server.host(jump(first), jump(second));
      assertThat(run(host, "echo far")).isEqualTo("far\n");
      assertThat(List.of(first.logins.get(), second.logins.get(), server.logins.get()))
          .containsExactly(1, 1, 1);

      Files.writeString(known, all.replace(second.keyLine(), first.keyLine()));
      commands = use(settings(15, 300));
      assertThat(failure(host).getMessage()).contains(":" + second.port()).contains("not the one");
    }
  }

  @Test
  void a_refused_host_leaves_the_jump_to_the_others() throws IOException {
    try (TestServer first = new TestServer();
        TestServer bad = new TestServer()) {
      String known = "[127.0.0.1]:%d %s%n[127.0.0.1]:%d %s%n[127.0.0.1]:%d %s%n";
      Files.writeString(
          folder.resolve("known_hosts"),
          known.formatted(
              first.port(),
              first.keyLine(),
              server.port(),
              server.keyLine(),
              bad.port(),
              first.keyLine()));
      for (int i = 0; i < 5; i++) {
        assertThat(run(server.host(jump(first)), "echo far")).isEqualTo("far\n");
        assertThat(failure(bad.host(jump(first)))).hasMessageContaining("not the one in");
      }
      assertThat(first.logins).hasValue(1);
      assertThat(server.logins).hasValue(1);
    }
  }

  private static Jump jump(TestServer server) {
    return new Jump(TestServer.USER, "127.0.0.1", server.port());
  }

  private static Login login() {
    return LabHosts.password(TestServer.USER, TestServer.PASSWORD);
  }

  private static Login keyLogin(Path file, String passphrase) {
    return new Login(
        TestServer.USER,
        Optional.of(file),
        Optional.of(new Credential(passphrase)),
        Optional.empty());
  }

  private void assertPassing(Host host, String word) {
    SshFailure failure = failure(host);
    assertThat(failure).hasMessageContaining(word);
    assertThat(failure.lasting()).isFalse();
    assertThat(failure.perhapsSent()).isFalse();
  }

  private SshFailure failure(Host host) {
    return catchThrowableOfType(SshFailure.class, () -> run(host, "echo no"));
  }

  private String run(Host host, String script, String... arguments) {
    Token token = new Token("t-" + UUID.randomUUID());
    RemoteCommand command = new RemoteCommand(script, List.of(arguments), false);
    Observation seen = commands.launch(host, token, command, Optional.empty(), PATIENCE);
    assertThat(seen.progress()).isEqualTo(new Exited(0, ""));
    return new String(seen.out(), StandardCharsets.UTF_8);
  }

  private SshRemoteCommands use(SshProperties settings) {
    SshRemoteCommands made = LabHosts.commands(settings);
    open.add(made::destroy);
    return made;
  }

  private SshProperties settings(int keepAliveSeconds, int idleSeconds) throws IOException {
    return settings(keepAliveSeconds, idleSeconds, Duration.ofSeconds(10));
  }

  private SshProperties settings(int keepAliveSeconds, int idleSeconds, Duration login)
      throws IOException {
    Path known = folder.resolve("known_hosts");
    return new SshProperties(
        Duration.ofSeconds(2),
        login,
        Duration.ofSeconds(keepAliveSeconds),
        Duration.ofSeconds(30),
        Duration.ofSeconds(idleSeconds),
        2,
        8,
        100,
        List.of(Files.exists(known) ? known : server.knownHosts(folder)),
        false,
        folder.resolve("state").toString(),
        1 << 20);
  }
}
