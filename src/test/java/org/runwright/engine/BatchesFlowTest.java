package org.runwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.List;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways through run-command, run-script and the run-in-batches that both call. */
class BatchesFlowTest {

  private static final String FIRST = "runOnHosts [h1]";
  private static final String SECOND = "runOnHosts [h2, h3]";

  private final FlowBench bench = new FlowBench();

  @BeforeEach
  void two_batches() {
    BpmnAwareTests.init(bench.engine());
    bench.delegates().platform("h1", "h2 h3");
  }

  @AfterEach
  void close() {
    BpmnAwareTests.reset();
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run-command", "run-script"})
  void goes_batch_by_batch(String process) {
    var run = begin(process);

    assertThat(run).isEnded().hasPassed("run-batches", "done").hasNotPassed("not-everywhere");
    assertThat(bench.calls()).containsExactly(FIRST, SECOND);
  }

  @Test
  void failures_within_the_budget_are_counted_and_the_next_batch_begins() {
    bench.delegates().tolerant();
    bench.failsAlways(FIRST);
    var run = begin("run-command");

    assertThat(run).isEnded();
    assertThat(bench.calls()).containsExactly(FIRST + " failed", SECOND);
    assertThat(bench.tasks()).isEmpty();
  }

  @Test
  void failures_of_the_last_batch_end_the_run_as_not_done_everywhere() {
    bench.delegates().tolerant();
    bench.failsAlways(SECOND);
    var run = begin("run-command");

    assertThat(run).isEnded().hasPassed("not-everywhere").hasNotPassed("done");
    assertThat(bench.lastValueOf("failure", run)).isEqualTo("hosts went wrong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"step-failed", "outcome-unknown"})
  void more_than_the_budget_waits_for_a_person_before_the_next_batch(String error) {
    bench.failsWith(error);
    bench.failsAlways(FIRST);
    begin("run-command");

    var task = bench.tasks().get(0);
    assertThat(task).hasDefinitionKey("too-many-failed").hasCandidateGroup("operator");
    assertThat(bench.engine().getTaskService().getVariables(task.getId()))
        .containsEntry("failureMessage", FIRST + " did not work")
        .containsEntry("checkOutput", FIRST + " did not work")
        .containsEntry("batch", List.of("h1"));
    assertThat(bench.calls()).containsExactly(FIRST + " failed");
  }

  @Test
  void a_retry_runs_the_hosts_again_and_clears_the_failure() {
    bench.fails(FIRST, 2);
    var run = begin("run-command");
    bench.decide(bench.tasks().get(0), "retry");
    bench.decide(bench.tasks().get(0), "retry");

    assertThat(run).isEnded().hasPassed("done");
    assertThat(bench.calls()).containsExactly(FIRST + " failed", FIRST + " failed", FIRST, SECOND);
  }

  @Test
  void going_on_begins_the_next_batch() {
    bench.failsAlways(FIRST);
    var run = begin("run-command");
    bench.decide(bench.tasks().get(0), "go-on");

    assertThat(run).isEnded();
    assertThat(bench.calls()).containsExactly(FIRST + " failed", SECOND);
  }

  @Test
  void ending_begins_no_further_host() {
    bench.failsAlways(FIRST);
    var run = begin("run-command");
    bench.decide(bench.tasks().get(0), "end");

    assertThat(run).isEnded().hasPassed("not-everywhere").hasNotPassed("done");
    assertThat(bench.calls()).containsExactly(FIRST + " failed");
  }

  @Test
  void what_was_decided_about_one_batch_does_not_hold_for_the_next() {
    bench.failsAlways(FIRST);
    bench.failsAlways(SECOND);
    begin("run-command");
    bench.decide(bench.tasks().get(0), "go-on");

    assertThat(bench.tasks()).hasSize(1);
    assertThat(bench.engine().getTaskService().getVariables(bench.tasks().get(0).getId()))
        .containsEntry("decision", null)
        .containsEntry("failureMessage", SECOND + " did not work");
  }

  @Test
  void cancelling_waits_until_nothing_runs_any_more() {
    bench.holds(FIRST);
    var run = begin("run-command");
    bench.cancel(run);
    bench.work();

    assertThat(run).isEnded().hasPassed("cancel-asked", "settle", "cancelled");
    assertThat(bench.calls()).containsExactly("settleRun");
  }

  @Test
  void cancelling_takes_the_decision_away() {
    bench.failsAlways(FIRST);
    var run = begin("run-command");
    bench.cancel(run);
    bench.work();

    assertThat(run).isEnded().hasPassed("cancelled");
    assertThat(bench.tasks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run-command", "run-script"})
  void a_rejected_run_touches_nothing(String process) {
    bench.delegates().quorum(1);
    var run = begin(process);
    bench.decide(bench.tasks().get(0), "reject");

    assertThat(run).isEnded().hasPassed("rejected").hasNotPassed("run-batches");
    assertThat(bench.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run-command", "run-script"})
  void an_approval_that_nobody_gives_in_time_touches_nothing(String process) {
    bench.delegates().quorum(1);
    var run = begin(process);
    bench.passTime();

    assertThat(run).isEnded().hasPassed("rejected").hasNotPassed("run-batches");
    assertThat(bench.calls()).isEmpty();
  }

  private ProcessInstance begin(String process) {
    var run = bench.start(process);
    bench.work();
    return run;
  }
}
