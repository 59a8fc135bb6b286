package org.runwright.step;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runwright.platform.ServiceManager;
import org.runwright.step.StepResult.Verdict;

/** The scripts with a real supervisord of this machine (Debian's package {@code supervisor}). */
@Tag("lab")
class LabSupervisorTest {

  private static final String CONFIGURATION =
      """
      [unix_http_server]
      file=%1$s/sock
      [supervisord]
      nodaemon=true
      logfile=%1$s/log
      childlogdir=%1$s
      pidfile=%1$s/supervisord.pid
      [rpcinterface:supervisor]
      supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
      [supervisorctl]
      serverurl=unix://%1$s/sock
      [program:database]
      command=/bin/sleep 1000
      autostart=false
      [program:deaf]
      command=/bin/sh -c 'trap "" TERM; while :; do sleep 1; done'
      autostart=false
      stopwaitsecs=60
      [program:broken]
      command=/bin/sh -c 'exit 3'
      autostart=false
      startretries=0
      """;

  @TempDir Path directory;
  private Process supervisord;

  @BeforeEach
  void a_supervisor() throws IOException {
    Path configuration = directory.resolve("supervisord.conf");
    Files.writeString(configuration, CONFIGURATION.formatted(directory));
    supervisord =
        new ProcessBuilder("supervisord", "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("console").toFile())
            .start();
    Path client = Files.createDirectory(directory.resolve("bin")).resolve("supervisorctl");
    Files.writeString(
        client, "#!/bin/sh\nexec " + program() + " -c " + configuration + " \"$@\"\n");
    assertThat(client.toFile().setExecutable(true)).isTrue();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.exists(directory.resolve("sock")));
  }

  @AfterEach
  void no_supervisor() throws InterruptedException {
    supervisord.descendants().forEach(ProcessHandle::destroyForcibly);
    supervisord.destroyForcibly().waitFor(10, SECONDS);
  }

  @Test
  void starts_restarts_and_stops() {
    StepResult started = run("start-service", "database", Map.of());
    StepResult again = run("start-service", "database", Map.of());
    StepResult awaited = run("await-service", "database", Map.of());
    StepResult restarted = run("restart-service", "database", Map.of());
    StepResult stopped = run("stop-service", "database", Map.of());
    StepResult stoppedAgain = run("stop-service", "database", Map.of());

    assertThat(started.changed()).contains(true);
    assertThat(again.changed()).contains(false);
    assertThat(awaited.values()).containsEntry("well", "true");
    assertThat(restarted.verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(stopped.changed()).contains(true);
    assertThat(stoppedAgain.changed()).contains(false);
  }

  @Test
  void kills_what_will_not_stop_only_with_force() {
    run("start-service", "deaf", Map.of());

    StepResult gentle = run("stop-service", "deaf", Map.of());
    StepResult forced = run("stop-service", "deaf", Map.of("force", true));

    assertThat(gentle.message()).contains("still runs after 2 s").contains("STOPPING");
    assertThat(forced.verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(forced.changed()).contains(true);
  }

  @Test
  void a_program_that_dies_and_one_that_is_unknown_say_so() {
    StepResult broken = run("start-service", "broken", Map.of());
    StepResult unknown = run("start-service", "no-such", Map.of());

    assertThat(broken.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(broken.message()).contains("spawn error").contains("FATAL");
    assertThat(unknown.message()).contains("no such process");
    assertThat(unknown.changed()).contains(false);
  }

  private StepResult run(String kind, String program, Map<String, Object> parameters) {
    PlatformBuilder platform =
        PlatformBuilder.aPlatform()
            .service(program)
            .managedBy(ServiceManager.SUPERVISOR, program)
            .noCommands()
            .startTimeout(10)
            .stopTimeout(2);
    String path = directory.resolve("bin") + ":" + System.getenv("PATH");
    return new LocalShell(List.of("sh"), directory, Map.of("PATH", path))
        .run(Kinds.prepare(kind, platform.build(), parameters))
        .result();
  }

  private static Path program() {
    return List.of(System.getenv("PATH").split(":")).stream()
        .map(place -> Path.of(place, "supervisorctl"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no supervisorctl: apt-get install supervisor"));
  }
}
