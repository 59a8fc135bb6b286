package org.runwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways through patch-hosts and patch-host. */
class PatchFlowTest {

  private final FlowBench bench = new FlowBench();

  @BeforeEach
  void two_hosts_one_after_the_other() {
    BpmnAwareTests.init(bench.engine());
    batches("h1", "h2");
  }

  @AfterEach
  void close() {
    BpmnAwareTests.reset();
    bench.close();
  }

  @Test
  void a_host_is_drained_stopped_updated_started_and_undrained_before_the_next_one_begins() {
    var run = patch(Map.of());
    assertThat(bench.calls()).doesNotContain("lockHost h2");
    soak(2);

    assertThat(run).isEnded().hasPassed("hosts-patched").hasNotPassed("undo", "decide");
    assertThat(bench.calls()).hasSize(32);
    assertThat(bench.calls().subList(0, 15))
        .containsExactly(
            "lockHost h1",
            "preCheck h1",
            "notePackages h1",
            "drainHost h1",
            "stopService app@h1",
            "stopService db@h1",
            "updatePackages h1",
            "rebootHost h1",
            "startService db@h1",
            "awaitService db@h1",
            "startService app@h1",
            "awaitService app@h1",
            "undrainHost h1",
            "confirmService db@h1",
            "confirmService app@h1");
    assertThat(bench.calls()).containsSubsequence("unlockHost h1", "lockHost h2", "unlockHost h2");
  }

  @Test
  void a_host_behind_no_balancer_is_not_drained() {
    bench.delegates().rolling().withoutBalancer();
    var run = patch(Map.of());
    soak(2);

    assertThat(run).isEnded().hasPassed("hosts-patched");
    assertThat(bench.calls()).doesNotContain("drainHost h1", "undrainHost h1");
  }

  @Test
  void the_run_waits_for_a_host_that_restarts() {
    batches("h1");
    bench.reports("rebootHost h1", Map.of("rebooting", "true"));
    bench.holds("awaitHost h1");
    patch(Map.of());

    assertThat(bench.calls()).endsWith("rebootHost h1");
  }

  @Test
  void where_no_reboot_is_allowed_none_is_asked_for() {
    var run = patch(Map.of("reboot", "never"));
    soak(2);

    assertThat(run).isEnded().hasPassed("hosts-patched");
    assertThat(bench.calls()).doesNotContain("rebootHost h1");
  }

  @Test
  void a_canary_that_does_not_start_is_put_back_and_no_further_host_begins() {
    bench.failsAlways("startService app@h1");
    var run = patch(Map.of("errorBudget", "1"));

    assertThat(run).isWaitingAt("decide");
    assertThat(bench.undoes())
        .containsExactly(
            "undoStep startService db@h1",
            "undoStep updatePackages h1",
            "undoStep stopService db@h1",
            "undoStep stopService app@h1",
            "undoStep drainHost h1",
            "undoStep notePackages h1",
            "undoStep lockHost h1");
    assertThat(bench.calls()).doesNotContain("lockHost h2", "settleRun");

    decide("end");

    assertThat(run).isEnded().hasPassed("not-all-patched").hasNotPassed("undo", "undone");
    assertThat(bench.lastValueOf("failure", run))
        .asString()
        .contains("1 of 2 hosts", "h1: startService app@h1 did not work; it was put back");
  }

  @Test
  void every_step_that_fails_puts_the_host_back() {
    for (var call :
        List.of(
            "lockHost h1",
            "preCheck h1",
            "notePackages h1",
            "drainHost h1",
            "stopService db@h1",
            "updatePackages h1",
            "rebootHost h1",
            "awaitService app@h1",
            "undrainHost h1",
            "confirmService app@h1",
            "unlockHost h1")) {
      close();
      try (var own = new FlowBench()) {
        BpmnAwareTests.init(own.engine());
        own.delegates().rolling().batches("h1");
        own.failsAlways(call);
        var run = own.start("patch-hosts", RollingStandIns.inputs(Map.of()));
        own.work();
        own.passTime();

        assertThat(run).as(call).isWaitingAt("decide");
        assertThat(own.calls().stream().filter("undoStep lockHost h1"::equals).count())
            .as(call)
            .isEqualTo(call.startsWith("lockHost") ? 0 : 1);
      }
    }
  }

  @Test
  void a_host_that_does_not_come_back_is_put_back_as_far_as_that_goes_and_that_is_said() {
    batches("h1");
    bench.reports("rebootHost h1", Map.of("rebooting", "true"));
    bench.failsAlways("awaitHost h1");
    bench.failsAlways("undoStep updatePackages h1");
    bench.failsAlways("undoStep drainHost h1");
    var run = patch(Map.of());
    decide("end");

    assertThat(bench.calls()).contains("undoStep lockHost h1");
    assertThat(bench.lastValueOf("failure", run))
        .asString()
        .contains("awaitHost h1 did not work")
        .contains("undoStep drainHost h1 did not work")
        .doesNotContain("put back");
  }

  @Test
  void a_host_that_must_not_be_touched_is_not_touched() {
    batches("h1");
    bench.delegates().rolling().refuse("h1");
    var run = patch(Map.of());

    assertThat(run).isWaitingAt("decide");
    assertThat(bench.calls()).isEmpty();
  }

  @Test
  void what_the_budget_allows_stops_nothing_but_the_run_says_it() {
    batches("h1", "h2", "h3");
    bench.failsAlways("updatePackages h2");
    var run = patch(Map.of("errorBudget", "1"));
    soak(3);

    assertThat(run).isEnded().hasPassed("host-tolerated", "not-all-patched");
    assertThat(bench.tasks()).isEmpty();
    assertThat(bench.calls()).contains("undoStep lockHost h2", "unlockHost h3");
    assertThat(bench.lastValueOf("failure", run)).asString().contains("1 of 3 hosts", "h2: ");
  }

  @Test
  void a_person_lets_the_host_be_patched_once_more() {
    bench.fails("updatePackages h1", 1);
    var run = patch(Map.of());
    decide("retry");
    soak(2);

    assertThat(run).isEnded().hasPassed("hosts-patched").hasNotPassed("not-all-patched");
    assertThat(bench.calls())
        .containsSubsequence("undoStep lockHost h1", "lockHost h1", "unlockHost h1", "lockHost h2");
  }

  @Test
  void a_person_lets_the_run_go_on_without_the_host() {
    bench.failsAlways("updatePackages h1");
    var run = patch(Map.of());
    decide("go-on");
    soak(1);

    assertThat(run).isEnded().hasPassed("not-all-patched");
    assertThat(bench.calls()).contains("unlockHost h2");
  }

  @Test
  void a_person_has_the_hosts_done_before_undone_too() {
    bench.failsAlways("updatePackages h2");
    var run = patch(Map.of());
    soak(1);
    decide("end-undo");

    assertThat(run).isEnded().hasPassed("undone", "undo");
    assertThat(bench.undoes())
        .containsSubsequence(
            "undoStep lockHost h2",
            "undoStep unlockHost h1",
            "undoStep undrainHost h1",
            "undoStep startService app@h1",
            "undoStep updatePackages h1",
            "undoStep stopService app@h1",
            "undoStep drainHost h1",
            "undoStep lockHost h1");
  }

  @Test
  void cancelling_puts_the_host_in_flight_back_and_leaves_the_hosts_done() {
    bench.holds("updatePackages h2");
    var run = patch(Map.of());
    soak(1);
    assertThat(bench.calls()).endsWith("stopService db@h2");
    bench.cancel(run);
    bench.work();

    assertThat(run).isEnded().hasPassed("cancel-undone", "undo");
    assertThat(bench.undoes())
        .containsExactly(
            "undoStep stopService db@h2",
            "undoStep stopService app@h2",
            "undoStep drainHost h2",
            "undoStep notePackages h2",
            "undoStep lockHost h2");
    assertThat(bench.calls()).contains("settleRun");
  }

  @Test
  void hosts_of_one_batch_go_side_by_side_and_one_of_them_alone_is_put_back() {
    batches("h1 h2", "h3");
    bench.failsAlways("updatePackages h2");
    var run = patch(Map.of());
    soak(1);

    assertThat(run).isWaitingAt("decide");
    assertThat(bench.calls()).contains("unlockHost h1").doesNotContain("lockHost h3");
    assertThat(bench.undoes()).allMatch(call -> call.endsWith("h2")).hasSize(5);
    decide("go-on");
    soak(1);
    assertThat(run).isEnded();
    assertThat(bench.calls()).contains("unlockHost h3");
  }

  @Test
  void a_rejected_run_touches_nothing() {
    bench.delegates().quorum(1);
    var run = patch(Map.of());
    bench.decide(bench.tasks().get(0), "reject");

    assertThat(run).isEnded().hasPassed("rejected");
    assertThat(bench.calls()).isEmpty();
  }

  private void batches(String... batches) {
    bench.delegates().rolling().batches(batches);
  }

  private ProcessInstance patch(Map<String, Object> inputs) {
    var run = bench.start("patch-hosts", RollingStandIns.inputs(inputs));
    bench.work();
    return run;
  }

  /** Lets so many batches be soaked. */
  private void soak(int batches) {
    for (int i = 0; i < batches; i++) {
      bench.passTime();
    }
  }

  private void decide(String decision) {
    var task = bench.tasks().get(0);
    assertThat(task).hasDefinitionKey("decide").hasCandidateGroup("operator");
    bench.decide(task, decision);
  }
}
