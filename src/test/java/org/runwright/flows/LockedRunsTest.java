package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.runwright.lab.EmbeddedLab;
import org.runwright.run.Run;
import org.runwright.run.RunRefused;
import org.runwright.run.RunState;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A runbook's locks hold by whatever way its process begins. */
@FlowTest
class LockedRunsTest {

  private static final EmbeddedLab LAB = EmbeddedLab.start();
  private static final Path PROCESSES = Flows.processes(LAB);

  private final Flows flows;
  private final RuntimeService runtime;
  private final JdbcClient jdbc;
  private Path file = Path.of("file");

  LockedRunsTest(Flows flows, RuntimeService runtime, JdbcClient jdbc) {
    this.flows = flows;
    this.runtime = runtime;
    this.jdbc = jdbc;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    LAB.settings().forEach((name, value) -> registry.add(name, () -> value));
    registry.add("runwright.processes-dir", PROCESSES::toString);
    registry.add("runwright.worker.end-grace", () -> "PT1S");
  }

  @BeforeEach
  void newFile() {
    file = LAB.directory().resolve("file-" + UUID.randomUUID());
  }

  @AfterEach
  void cancelRuns() {
    flows.cancelAll();
  }

  @AfterAll
  static void closeLab() {
    LAB.close();
  }

  private Run holdLock() {
    Run holder =
        flows.submit(
            "slow-command", Map.of("file", file.toString(), "seconds", Sleeps.aLongTime()));
    flows.awaitState(holder.id(), RunState.RUNNING);
    return holder;
  }

  private Run submit(String runbook) {
    return flows.submit(runbook, Map.of("file", file.toString()));
  }

  @Test
  void a_run_waits_for_the_locks_of_a_runbook_whose_process_it_calls() {
    Run holder = holdLock();

    Run caller = submit("calling-command");

    assertThat(caller.state()).isEqualTo(RunState.QUEUED);
    assertThat(caller.waitsFor()).hasValueSatisfying(w -> assertThat(w).contains(holder.id()));
    flows.cancel(holder.id(), false);
    assertThat(flows.awaitEnd(caller.id()).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void a_process_that_is_chosen_while_the_run_goes_on_does_not_begin_without_its_locks() {
    Run holder = holdLock();
    Run caller = submit("choosing-command");
    Run standing = flows.awaitState(caller.id(), RunState.SUSPENDED);
    assertThat(standing.waitsFor())
        .hasValueSatisfying(w -> assertThat(w).contains("lock slow, held by run " + holder.id()));

    flows.cancel(holder.id(), false);
    flows.awaitEnd(holder.id());
    flows.resume(caller.id());

    assertThat(flows.awaitEnd(caller.id()).state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void the_locks_of_a_called_process_are_held_by_the_run_that_calls_it() {
    Run caller =
        flows.submit(
            "choosing-command", Map.of("file", file.toString(), "seconds", Sleeps.aLongTime()));
    flows.awaitSteps(caller.id(), 1);

    Run other = submit("slow-command");

    assertThat(other.state()).isEqualTo(RunState.QUEUED);
    assertThat(other.waitsFor()).hasValueSatisfying(w -> assertThat(w).contains(caller.id()));
  }

  @Test
  void a_waiting_run_can_be_cancelled() {
    holdLock();
    Run waiting = submit("slow-command");

    assertThat(flows.cancel(waiting.id(), true).state()).isEqualTo(RunState.CANCELLED);
    assertThat(flows.steps(waiting.id())).isEmpty();
  }

  @Test
  void a_lock_does_not_survive_its_run() {
    Run holder = holdLock();
    assertThat(locksOf(holder)).isEqualTo(1);

    flows.cancel(holder.id(), false);

    flows.awaitEnd(holder.id());
    assertThat(locksOf(holder)).isZero();
  }

  @Test
  void the_process_of_a_runbook_cannot_be_started_without_a_run() {
    assertThatThrownBy(() -> runtime.startProcessInstanceByKey("slow-command"))
        .hasMessageContaining("POST /api/runbooks/slow-command/runs");
  }

  @Test
  void the_process_of_a_run_cannot_be_started_a_second_time_in_its_name() {
    Run holder = holdLock();

    assertThatThrownBy(() -> runtime.startProcessInstanceByKey("slow-command", holder.id()))
        .hasMessageContaining("runs only as a run of it");
  }

  @Test
  void a_run_that_does_not_stand_cannot_be_resumed() {
    Run holder = holdLock();

    assertThatThrownBy(() -> flows.resume(holder.id()))
        .isInstanceOf(RunRefused.class)
        .hasMessageContaining("nothing of it waits");
  }

  private int locksOf(Run run) {
    return jdbc.sql("select count(*) from run_lock where run_id = :run")
        .param("run", run.id())
        .query(Integer.class)
        .single();
  }
}
