package org.runwright.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.runwright.platform.Platform;
import org.runwright.step.LocalShell.Begun;
import org.runwright.step.LocalShell.Ended;
import org.runwright.step.StepResult.Verdict;

/** The scripts as they are, with every shell of this machine, on a real daemon. */
class ServiceScriptsTest {

  @TempDir Path directory;
  private Daemon daemon;

  @BeforeEach
  void a_daemon() {
    daemon = new Daemon(directory);
  }

  @AfterEach
  void no_daemon() {
    daemon.close();
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void starts_what_is_stopped(List<String> shell) {
    Ended ended = run(shell, "start-service", daemon.platform().build());

    assertThat(ended.result().verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(ended.result().changed()).contains(true);
    assertThat(ended.result().values()).containsEntry("before", "stopped");
    assertThat(daemon.runs()).isTrue();
    assertThat(ended.err()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void leaves_alone_what_runs(List<String> shell) {
    Platform platform = daemon.platform().build();
    run(shell, "start-service", platform);
    long pid = daemon.pid();

    Ended ended = run(shell, "start-service", platform);

    assertThat(ended.result().changed()).contains(false);
    assertThat(ended.result().message()).isEqualTo("database already runs");
    assertThat(daemon.pid()).isEqualTo(pid);
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void tells_why_a_start_failed(List<String> shell) {
    Platform platform =
        daemon.platform().commands("echo no licence >&2; exit 3", "true", "false").build();

    Ended ended = run(shell, "start-service", platform);

    assertThat(ended.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(ended.result().message()).startsWith("database did not start: exit code 3");
    assertThat(ended.err()).contains("no licence");
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void ends_a_start_that_does_not_return_with_all_its_children(List<String> shell) {
    Platform platform =
        daemon
            .platform()
            .commands("sh -c 'echo $$ >pid; sleep 300; :'; :", "true", "false")
            .startTimeout(1)
            .build();

    Ended ended = run(shell, "start-service", platform);

    assertThat(ended.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(ended.result().message()).startsWith("database did not start within 1 s");
    assertThat(daemon.pid()).isPositive();
    await().atMost(Duration.ofSeconds(5)).until(() -> !daemon.runs());
    assertThat(ended.err()).doesNotContain("Killed");
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void does_not_start_what_it_cannot_ask(List<String> shell) {
    Platform platform = daemon.platform().commands("touch started", "true", "/no/such").build();

    Ended ended = run(shell, "start-service", platform);

    assertThat(ended.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(ended.result().message()).startsWith("cannot tell whether database runs");
    assertThat(ended.result().changed()).contains(false);
    assertThat(directory.resolve("started")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void stops_what_runs_once(List<String> shell) {
    Platform platform = daemon.platform().build();
    run(shell, "start-service", platform);

    Ended ended = run(shell, "stop-service", platform);
    Ended again = run(shell, "stop-service", platform);

    assertThat(ended.result().changed()).contains(true);
    assertThat(daemon.runs()).isFalse();
    assertThat(again.result().verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(again.result().changed()).contains(false);
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void kills_what_will_not_stop_only_with_force(List<String> shell) {
    Platform deaf =
        daemon
            .platform()
            .commands(daemon.startDeaf(), daemon.stop(), daemon.status())
            .kill(daemon.kill())
            .stopTimeout(1)
            .build();
    run(shell, "start-service", deaf);

    Ended gentle = run(shell, "stop-service", deaf);
    boolean ranOn = daemon.runs();
    Ended forced = run(shell, "stop-service", deaf, Map.of("force", true));

    assertThat(gentle.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(gentle.result().message()).contains("still runs after 1 s").contains("force");
    assertThat(ranOn).isTrue();
    assertThat(forced.result().verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(forced.result().changed()).contains(true);
    assertThat(daemon.runs()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void says_what_is_missing_to_kill(List<String> shell) {
    Platform deaf =
        daemon
            .platform()
            .commands(daemon.startDeaf(), daemon.stop(), daemon.status())
            .stopTimeout(1)
            .build();
    run(shell, "start-service", deaf);

    Ended ended = run(shell, "stop-service", deaf, Map.of("force", true));

    assertThat(ended.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(ended.result().message())
        .endsWith("give the service a kill command in services.yml");
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void restarts_what_runs_and_what_does_not(List<String> shell) {
    Platform platform = daemon.platform().build();

    Ended first = run(shell, "restart-service", platform);
    long pid = daemon.pid();
    Ended second = run(shell, "restart-service", platform);

    assertThat(first.result().values()).containsEntry("before", "stopped");
    assertThat(second.result().values()).containsEntry("before", "running");
    assertThat(second.result().verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(second.result().changed()).contains(true);
    assertThat(daemon.runs()).isTrue();
    assertThat(daemon.pid()).isNotEqualTo(pid);
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void a_step_killed_while_it_acts_does_not_claim_to_know(List<String> shell) {
    Platform platform =
        daemon.platform().commands("touch acting; sleep 300", "true", "false").build();
    PreparedStep step = Kinds.prepare("start-service", platform);
    Begun begun = new LocalShell(shell, directory).begin(step);
    await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(directory.resolve("acting")));

    List<ProcessHandle> tree = begun.process().descendants().toList();
    begun.process().destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);

    Report report = Report.parse(begun.reported());
    assertThat(report.values()).containsEntry("before", "stopped");
    assertThat(report.changed()).isEqualTo(Optional.empty());
    assertThat(report.isSilentOfChange()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void an_ended_step_leaves_no_file_and_dies_of_the_signal(List<String> shell) {
    Platform platform =
        daemon.platform().commands("touch acting; sleep 300", "true", "false").build();
    Path place = directory.resolve("tmp");
    place.toFile().mkdir();
    LocalShell host = new LocalShell(shell, directory, Map.of("TMPDIR", place.toString()));
    Begun begun = host.begin(Kinds.prepare("start-service", platform));
    await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(directory.resolve("acting")));

    List<ProcessHandle> tree = begun.process().descendants().toList();
    begun.process().destroy();
    tree.forEach(ProcessHandle::destroy);

    await().atMost(Duration.ofSeconds(10)).until(() -> !begun.process().isAlive());
    assertThat(begun.process().exitValue()).isEqualTo(128 + 15);
    assertThat(place).isEmptyDirectory();
  }

  private Ended run(List<String> shell, String kind, Platform platform) {
    return run(shell, kind, platform, Map.of());
  }

  private Ended run(
      List<String> shell, String kind, Platform platform, Map<String, Object> parameters) {
    return new LocalShell(shell, directory).run(Kinds.prepare(kind, platform, parameters));
  }
}
