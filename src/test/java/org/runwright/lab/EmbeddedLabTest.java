package org.runwright.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.UserAuthException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedLabTest {

  private static final List<String> SERVICES = List.of("database", "application", "network", "crm");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private EmbeddedLab lab;

  @BeforeEach
  void start() {
    lab = EmbeddedLab.start();
  }

  @AfterEach
  void end() {
    lab.close();
  }

  @Test
  void services_started_over_ssh_work_end_to_end() throws IOException {
    for (String service : SERVICES) {
      String host = LabService.named(service).host();
      try (SshjSession ssh = new SshjSession(lab, host)) {
        assertThat(ssh.run("svc " + service + " status").exitCode()).isEqualTo(3);
        assertThat(ssh.run("svc " + service + " start").exitCode()).isZero();
        assertThat(ssh.run("svc " + service + " status").exitCode()).isZero();
      }
    }
    await().atMost(LIMIT).until(() -> health("crm") == 200);
    assertThat(get("crm", "/")).contains("Ada Lovelace");
  }

  @Test
  void a_killed_database_makes_the_crm_unhealthy_until_it_runs_again() {
    startAll();

    lab.kill("database");

    assertThat(lab.isRunning("database")).isFalse();
    await().atMost(LIMIT).until(() -> health("crm") == 503);
    assertThat(lab.isRunning("crm")).isTrue();
    lab.startService("database");
    await().atMost(LIMIT).until(() -> health("crm") == 200);
  }

  @Test
  void a_stopped_service_is_gone_and_stopping_it_again_is_fine() {
    startAll();

    lab.stopService("application");
    lab.stopService("application");

    assertThat(lab.isRunning("application")).isFalse();
    assertThat(health("crm")).isEqualTo(503);
  }

  @Test
  void another_process_under_a_reused_pid_is_never_taken_for_the_service() {
    LabHost host = lab.host("db1");
    host.run(
        "setsid sleep 300 </dev/null >/dev/null 2>&1 & echo $! >~/other;"
            + " echo \"$! 1\" >\"$LAB_HOST_DIR/run/database.pid\"");

    assertThat(lab.isRunning("database")).isFalse();
    lab.stopService("database");
    lab.kill("database");

    host.run("kill -0 $(cat ~/other)");
  }

  @Test
  void a_broken_service_does_not_start_until_it_is_repaired() {
    lab.breakService("application");
    LabHost.Finished refused = lab.host("app1").execute("svc application start");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output()).contains("configuration is broken");

    lab.repair("application");
    lab.startService("application");

    assertThat(lab.isRunning("application")).isTrue();
  }

  @Test
  void closing_leaves_no_process_and_no_file() throws IOException {
    startAll();
    lab.host("db1").run("setsid sleep 300 </dev/null >/dev/null 2>&1 & echo");
    List<Long> processes = processesOf(lab.directory());
    assertThat(processes).hasSizeGreaterThanOrEqualTo(5);

    lab.close();

    assertThat(processesOf(lab.directory())).isEmpty();
    assertThat(lab.directory()).doesNotExist();
  }

  @Test
  void each_host_has_a_home_and_an_environment_of_its_own() throws IOException {
    try (SshjSession db = new SshjSession(lab, "db1");
        SshjSession app = new SshjSession(lab, "app1")) {
      db.run("echo here > ~/mark");
      assertThat(db.run("cat mark").output()).isEqualTo("here");
      assertThat(app.run("cat mark").exitCode()).isNotZero();
      assertThat(app.run("svc database start").exitCode()).isEqualTo(4);
      assertThat(app.run("env").output()).doesNotContain("JAVA_HOME", "MAVEN");
    }
  }

  @Test
  void the_channel_carries_input_output_and_the_exit_code() throws IOException {
    try (SshjSession ssh = new SshjSession(lab, "db1")) {
      assertThat(ssh.run("echo out; echo err >&2; exit 7"))
          .isEqualTo(new LabHost.Finished(7, "out\nerr"));
      assertThat(ssh.run("head -c 3000000 /dev/zero | tr '\\0' x").output()).hasSize(3_000_000);
    }
  }

  @Test
  void a_lost_connection_ends_no_command() throws IOException {
    try (SshjSession ssh = new SshjSession(lab, "db1")) {
      ssh.begin("touch began; sleep 1; echo late; touch mark");
      await().atMost(LIMIT).until(() -> Files.exists(lab.host("db1").home().resolve("began")));
      lab.cut("db1");
    }
    lab.heal("db1");
    await().atMost(LIMIT).until(() -> Files.exists(lab.host("db1").home().resolve("mark")));
  }

  @Test
  void a_black_hole_keeps_the_connection_and_answers_nothing() throws Exception {
    try (SshjSession ssh = new SshjSession(lab, "db1")) {
      lab.blackHole("db1");
      assertThatThrownBy(() -> ssh.run("true")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> new SshjSession(lab, "db1")).isInstanceOf(IOException.class);
    }
    lab.heal("db1");
    try (SshjSession ssh = new SshjSession(lab, "db1")) {
      assertThat(ssh.run("echo back").output()).isEqualTo("back");
    }
  }

  @Test
  void only_its_user_with_its_key_logs_in() throws IOException {
    try (SSHClient client = SshjSession.connected(lab, "db1")) {
      assertThatThrownBy(() -> client.authPublickey("root", lab.keyFile().toString()))
          .isInstanceOf(UserAuthException.class);
    }
    try (SSHClient client = SshjSession.connected(lab, "db1")) {
      assertThatThrownBy(() -> client.authPassword(EmbeddedLab.USER, EmbeddedLab.USER))
          .isInstanceOf(UserAuthException.class);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lab.keyFile())))
        .isEqualTo("rw-------");
  }

  @Test
  void what_was_written_after_the_lab_was_closed_goes_with_the_jvm() throws Exception {
    Process owner = LabOwner.launch("write-late");
    Path directory = LabOwner.directory(owner);
    await().atMost(LIMIT).until(() -> Files.exists(directory.resolve("late")));

    owner.getOutputStream().close();

    assertThat(owner.waitFor()).isZero();
    await().atMost(LIMIT).until(() -> !Files.exists(directory));
  }

  @Test
  void a_jvm_ended_by_sigkill_leaves_nothing_behind() throws Exception {
    Process owner = LabOwner.launch();
    Path directory = LabOwner.directory(owner);
    assertThat(processesOf(directory)).isNotEmpty();

    owner.destroyForcibly().waitFor();

    await().atMost(LIMIT).until(() -> !Files.exists(directory));
    assertThat(processesOf(directory)).isEmpty();
  }

  @Test
  void the_next_lab_ends_one_that_was_abandoned_with_its_reaper() throws Exception {
    Process owner = LabOwner.launch();
    Path directory = LabOwner.directory(owner);
    owner.children().filter(LabOwner::isReaper).forEach(ProcessHandle::destroyForcibly);
    owner.destroyForcibly().waitFor();
    assertThat(processesOf(directory)).isNotEmpty();

    EmbeddedLab.start(Path.of("none")).close();

    await().atMost(LIMIT).until(() -> !Files.exists(directory));
    assertThat(processesOf(directory)).isEmpty();
    assertThat(lab.directory()).exists();
  }

  private void startAll() {
    SERVICES.forEach(lab::startService);
    await().atMost(LIMIT).until(() -> health("crm") == 200);
  }

  private int health(String service) {
    try {
      return open(service, "/health").getResponseCode();
    } catch (IOException e) {
      return -1;
    }
  }

  private String get(String service, String path) throws IOException {
    try (var body = open(service, path).getInputStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private HttpURLConnection open(String service, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + lab.port(service) + path).toURL().openConnection();
    connection.setConnectTimeout(2000);
    connection.setReadTimeout(8000);
    return connection;
  }

  /** Processes with the lab in their environment. */
  private static List<Long> processesOf(Path directory) throws IOException {
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      List<Long> found = new ArrayList<>();
      for (Path process : processes) {
        try {
          if (Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
              .contains(directory.toString())) {
            found.add(Long.parseLong(process.getFileName().toString()));
          }
        } catch (IOException e) {
          // Gone meanwhile, or another user's.
        }
      }
      return found;
    }
  }
}
