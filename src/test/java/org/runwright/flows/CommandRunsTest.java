package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runwright.lab.EmbeddedLab;
import org.runwright.run.Run;
import org.runwright.run.RunRefused;
import org.runwright.run.RunState;
import org.runwright.run.Step;
import org.runwright.run.StepState;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Runs of a user's own process with commands of its own. */
@FlowTest
class CommandRunsTest {

  private static final EmbeddedLab LAB = EmbeddedLab.start();
  private static final Path PROCESSES = Flows.processes(LAB);

  private final Flows flows;
  private final RuntimeService runtime;
  private final ExternalTaskService externalTasks;

  CommandRunsTest(Flows flows, RuntimeService runtime, ExternalTaskService externalTasks) {
    this.flows = flows;
    this.runtime = runtime;
    this.externalTasks = externalTasks;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    LAB.settings().forEach((name, value) -> registry.add(name, () -> value));
    registry.add("runwright.processes-dir", PROCESSES::toString);
    registry.add("runwright.worker.end-grace", () -> "PT1S");
  }

  @AfterAll
  static void closeLab() {
    LAB.close();
  }

  private static Path newFile() {
    return LAB.directory().resolve("file-" + UUID.randomUUID());
  }

  private Run slow(Path file, String seconds) {
    return flows.submit("slow-command", Map.of("file", file.toString(), "seconds", seconds));
  }

  @Test
  void a_command_runs_and_its_output_is_kept() throws IOException {
    Path file = newFile();

    Run run = flows.awaitEnd(slow(file, "0").id());

    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(Files.readString(file)).isEqualTo("done\n");
    assertThat(flows.output(run.id())).isEqualTo("began\ndone\n");
  }

  @Test
  void output_is_there_while_the_command_still_runs() {
    Run run = slow(newFile(), "600");

    await()
        .atMost(Flows.LIMIT)
        .untilAsserted(() -> assertThat(flows.output(run.id())).isEqualTo("began\n"));

    flows.cancel(run.id(), false);
    flows.awaitEnd(run.id());
  }

  @Test
  void cancel_ends_the_command_on_the_host_and_undoes_what_it_may_have_done() throws IOException {
    String seconds = Sleeps.aLongTime();
    Path file = newFile();
    Run run = slow(file, seconds);
    await().atMost(Flows.LIMIT).until(() -> flows.output(run.id()).contains("began"));

    flows.cancel(run.id(), true);

    Run ended = flows.awaitEnd(run.id());
    assertThat(ended.state()).isEqualTo(RunState.COMPENSATED);
    assertThat(ended.message()).hasValueSatisfying(m -> assertThat(m).contains("operator: enough"));
    assertThat(Files.readString(file)).as("only the undo wrote").isEqualTo("undone\n");
    assertThat(Sleeps.running(seconds)).isEmpty();
  }

  @Test
  void cancel_without_compensation_leaves_what_was_done_and_still_ends_the_command() {
    String seconds = Sleeps.aLongTime();
    Path file = newFile();
    Run run = slow(file, seconds);
    await().atMost(Flows.LIMIT).until(() -> flows.output(run.id()).contains("began"));

    flows.cancel(run.id(), false);

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.CANCELLED);
    assertThat(flows.steps(run.id()))
        .singleElement()
        .satisfies(step -> assertThat(step.state()).isEqualTo(StepState.CANCELLED));
    assertThat(Files.exists(file)).isFalse();
    assertThat(Sleeps.running(seconds)).as("ended before the run says so").isEmpty();
  }

  @Test
  void what_cannot_be_undone_makes_the_run_failed_and_is_named() {
    String seconds = Sleeps.aLongTime();
    Path file = newFile().resolve("in-a-folder-that-is-not-there");
    Run run = slow(file, seconds);
    await().atMost(Flows.LIMIT).until(() -> flows.output(run.id()).contains("began"));

    flows.cancel(run.id(), true);

    Run ended = flows.awaitEnd(run.id());
    assertThat(ended.state()).isEqualTo(RunState.FAILED);
    assertThat(ended.message())
        .hasValueSatisfying(
            message ->
                assertThat(message)
                    .contains("cancelled by operator")
                    .contains("could not undo \"Sleep, then leave a line on db1\""));
    assertThat(Sleeps.running(seconds)).isEmpty();
  }

  @Test
  void a_command_that_outlasts_its_time_limit_is_ended_on_the_host() {
    String seconds = Sleeps.aLongTime();
    Path file = newFile();

    Run run =
        flows.submit(
            "slow-command",
            Map.of("file", file.toString(), "seconds", seconds, "timeLimit", "PT1S"));

    flows.awaitState(run.id(), RunState.SUSPENDED);
    Step step = flows.steps(run.id()).get(0);
    assertThat(step.state()).isEqualTo(StepState.FAILED);
    assertThat(step.message()).hasValueSatisfying(m -> assertThat(m).contains("time limit"));
    assertThat(Sleeps.running(seconds)).isEmpty();
    flows.cancel(run.id(), false);
  }

  @Test
  void a_failure_that_the_model_does_not_catch_is_an_incident_whose_retry_in_cockpit_works()
      throws IOException {
    Path file = newFile();
    Run run = flows.submit("failing-command", Map.of("file", file.toString()));
    flows.awaitState(run.id(), RunState.SUSPENDED);
    assertThat(
            runtime
                .createIncidentQuery()
                .processInstanceId(flows.get(run.id()).processInstance().orElseThrow())
                .list())
        .singleElement()
        .satisfies(incident -> assertThat(incident.getIncidentMessage()).contains("no file"));

    Files.createFile(file);
    ExternalTask task =
        externalTasks
            .createExternalTaskQuery()
            .processInstanceId(flows.get(run.id()).processInstance().orElseThrow())
            .singleResult();
    externalTasks.setRetries(task.getId(), 1);

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.steps(run.id()))
        .extracting(Step::attempt, Step::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, StepState.FAILED),
            org.assertj.core.groups.Tuple.tuple(2, StepState.SUCCEEDED));
    assertThat(Files.readString(Path.of(file + ".ledger"))).isEqualTo("once\nonce\n");
  }

  @Test
  void a_failed_step_can_be_skipped() {
    Run run = flows.submit("failing-command", Map.of("file", newFile().toString()));
    flows.awaitState(run.id(), RunState.SUSPENDED);

    flows.skip(flows.steps(run.id()).get(0));

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.steps(run.id()).get(0).state()).isEqualTo(StepState.SKIPPED);
  }

  @Test
  void a_failed_step_can_be_retried_and_fails_again_as_a_new_attempt() {
    Run run = flows.submit("failing-command", Map.of("file", newFile().toString()));
    flows.awaitState(run.id(), RunState.SUSPENDED);

    flows.retry(flows.steps(run.id()).get(0));

    await().atMost(Flows.LIMIT).until(() -> flows.steps(run.id()).size() == 2);
    flows.awaitState(run.id(), RunState.SUSPENDED);
    assertThat(flows.steps(run.id()).get(0).awaitsPerson()).isFalse();
    flows.cancel(run.id(), true);
    assertThat(flows.awaitEnd(run.id()).state())
        .as("nothing to undo")
        .isEqualTo(RunState.CANCELLED);
  }

  @Test
  void a_run_that_ended_cannot_be_cancelled() {
    Run run = flows.awaitEnd(slow(newFile(), "0").id());

    assertThatThrownBy(() -> flows.cancel(run.id(), true))
        .isInstanceOf(RunRefused.class)
        .hasMessageContaining("has ended");
  }

  @Test
  void a_run_waits_for_the_lock_that_another_holds_and_begins_when_it_is_free() {
    String seconds = Sleeps.aLongTime();
    Run first = slow(newFile(), seconds);
    flows.awaitState(first.id(), RunState.RUNNING);
    Path file = newFile();

    Run second = slow(file, "0");

    assertThat(second.state()).isEqualTo(RunState.QUEUED);
    assertThat(second.waitsFor()).hasValueSatisfying(w -> assertThat(w).contains(first.id()));
    flows.cancel(first.id(), false);
    assertThat(flows.awaitEnd(second.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(file).hasContent("done");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "; touch pwned #",
        "$(touch pwned)",
        "`touch pwned`",
        "' ; touch pwned ; '",
        "\" ; touch pwned ; \"",
        "a\nb ; touch pwned",
        "${execution.setVariable('pwned', true)}",
        "-rf"
      })
  void an_injected_text_stays_a_literal(String text) throws IOException {
    Path file = LAB.directory().resolve("literal " + text.replace('/', '_'));

    Run run = flows.awaitEnd(slow(file, "0").id());

    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(Files.readString(file)).isEqualTo("done\n");
    try (var walk = Files.walk(LAB.directory(), 4)) {
      assertThat(walk.map(p -> p.getFileName().toString())).doesNotContain("pwned");
    }
  }
}
