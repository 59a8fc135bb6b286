package org.runwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways through start-platform, stop-platform, undo-run and approval. */
class ProcessFlowsTest {

  private final FlowBench bench = new FlowBench();

  @BeforeEach
  void three_levels() {
    BpmnAwareTests.init(bench.engine());
    bench.delegates().platform("db@db1", "app@app1 app@app2", "web@web1");
  }

  @AfterEach
  void close() {
    BpmnAwareTests.reset();
    bench.close();
  }

  @Test
  void start_goes_level_by_level_then_checks_the_platform() {
    var run = bench.start("start-platform");
    bench.work();

    assertThat(run).isEnded().hasPassed("platform-runs").hasNotPassed("undo", "undone");
    assertThat(bench.delegates().notes()).containsExactly("resolveOrder: start");
    assertThat(bench.calls().subList(0, 2))
        .containsExactly("startService db@db1", "awaitService db@db1");
    assertThat(bench.calls().subList(2, 6))
        .containsExactlyInAnyOrder(
            "startService app@app1",
            "startService app@app2",
            "awaitService app@app1",
            "awaitService app@app2");
    assertThat(bench.calls().subList(6, 12))
        .containsExactly(
            "startService web@web1",
            "awaitService web@web1",
            "confirmService app@app1",
            "confirmService app@app2",
            "confirmService db@db1",
            "confirmService web@web1");
  }

  @Test
  void start_waits_for_the_slowest_of_a_level() {
    bench.holds("awaitService app@app2");
    var run = bench.start("start-platform");
    bench.work();

    assertThat(run).isWaitingAt("await-service");
    assertThat(bench.calls())
        .contains("awaitService app@app1")
        .doesNotContain("startService web@web1");
  }

  @Test
  void a_failed_start_ends_its_level_and_undoes_the_run_latest_first() {
    bench.failsAlways("awaitService app@app1");
    var run = bench.start("start-platform");
    bench.work();

    assertThat(run)
        .isEnded()
        .hasPassed("failure-noted", "service-runs", "undo", "undone")
        .hasNotPassed("check", "platform-runs");
    assertThat(bench.calls()).doesNotContain("startService web@web1");
    assertThat(bench.calls().subList(6, 10))
        .containsExactly(
            "settleRun",
            "undoStep startService app@app1",
            "undoStep startService app@app2",
            "undoStep startService db@db1");
    assertThat(bench.lastValueOf("failure", run)).isEqualTo("awaitService app@app1 did not work");
  }

  @Test
  void failures_side_by_side_keep_their_own_messages() {
    bench.failsAlways("startService app@app1");
    bench.failsAlways("startService app@app2");
    var run = bench.start("start-platform");
    bench.work();

    assertThat(run).isEnded().hasPassed("undone");
    assertThat(bench.delegates().notes())
        .contains(
            "noteFailure: app@app1: startService app@app1 did not work",
            "noteFailure: app@app2: startService app@app2 did not work");
  }

  @Test
  void a_platform_that_is_not_well_in_the_end_is_undone() {
    bench.failsAlways("confirmService db@db1");
    var run = bench.start("start-platform");
    bench.work();

    assertThat(run).isEnded().hasPassed("check", "undone").hasNotPassed("platform-runs");
    assertThat(bench.calls()).endsWith("undoStep startService db@db1");
  }

  @Test
  void undo_goes_on_past_what_cannot_be_undone() {
    bench.failsAlways("awaitService web@web1");
    bench.failsAlways("undoStep startService app@app1");
    var run = bench.start("start-platform");
    bench.work();

    assertThat(run).isEnded().hasPassed("undone");
    assertThat(bench.calls()).endsWith("undoStep startService db@db1");
    assertThat(bench.lastValueOf("undoFailure", run))
        .isEqualTo("startService app@app1: undoStep startService app@app1 did not work");
  }

  @Test
  void cancelling_withdraws_what_is_under_way_and_undoes_the_rest() {
    bench.holds("startService app@app2");
    var run = bench.start("start-platform");
    bench.work();
    bench.cancel(run);
    bench.work();

    assertThat(run)
        .isEnded()
        .hasPassed("cancel-asked", "undo", "cancel-undone")
        .hasNotPassed("undone");
    assertThat(bench.calls().subList(4, 7))
        .containsExactly(
            "settleRun", "undoStep startService app@app1", "undoStep startService db@db1");
  }

  @Test
  void undoing_waits_until_nothing_runs_any_more() {
    bench.holds("settleRun");
    bench.failsAlways("startService db@db1");
    var run = bench.start("start-platform");
    bench.work();

    assertThat(run).isWaitingAt("undo");
    assertThat(run).calledProcessInstance("undo-run").isWaitingAt("settle");
    assertThat(run).calledProcessInstance("undo-run").hasBusinessKey(run.getBusinessKey());
  }

  @Test
  void a_run_can_be_cancelled_while_it_waits_for_its_approval() {
    bench.delegates().quorum(1);
    var run = bench.start("start-platform");
    bench.work();
    bench.cancel(run);
    bench.work();

    assertThat(run).isEnded().hasPassed("cancel-undone");
    assertThat(bench.tasks()).isEmpty();
    assertThat(bench.calls()).containsExactly("settleRun");
  }

  @Test
  void nothing_starts_before_enough_people_approved() {
    bench.delegates().quorum(2);
    var run = bench.start("start-platform");
    bench.work();
    assertThat(run).isWaitingAt("ask-approval");
    var approval = bench.tasks().get(0);
    assertThat(approval).hasDefinitionKey("approve").hasCandidateGroup("approver");
    bench.decide(approval, "approve");
    assertThat(bench.calls()).isEmpty();
    bench.decide(bench.tasks().get(0), "approve");

    assertThat(run).isEnded().hasPassed("platform-runs");
  }

  @Test
  void a_rejected_run_touches_nothing() {
    bench.delegates().quorum(2);
    var run = bench.start("start-platform");
    bench.work();
    bench.decide(bench.tasks().get(0), "reject");

    assertThat(run).isEnded().hasPassed("rejected").hasNotPassed("levels", "undo");
    assertThat(bench.lastValueOf("rejection", run)).isEqualTo("reject it");
    assertThat(bench.calls()).isEmpty();
  }

  @Test
  void an_approval_that_nobody_gave_in_time_is_decided_by_the_rule() {
    bench.delegates().quorum(1);
    var run = bench.start("start-platform");
    bench.work();
    bench.passTime();

    assertThat(run).isEnded().hasPassed("rejected");
    assertThat(bench.tasks()).isEmpty();
  }

  @Test
  void the_rule_may_approve_what_nobody_decided_and_earlier_votes_do_not_prolong_the_wait() {
    bench.delegates().quorum(2);
    bench.delegates().approveOnTimeout();
    var run = bench.start("start-platform");
    bench.work();
    var deadline = bench.engine().getManagementService().createJobQuery().timers().singleResult();
    bench.decide(bench.tasks().get(0), "approve");
    var later = bench.engine().getManagementService().createJobQuery().timers().singleResult();
    assertThat(later.getDuedate()).isEqualTo(deadline.getDuedate());
    bench.passTime();

    assertThat(run).isEnded().hasPassed("platform-runs");
  }

  @Test
  void stop_goes_level_by_level() {
    var run = bench.start("stop-platform");
    bench.work();

    assertThat(run).isEnded().hasPassed("platform-stopped").hasNotPassed("undo");
    assertThat(bench.delegates().notes()).containsExactly("resolveOrder: stop");
    assertThat(bench.calls())
        .containsExactly(
            "stopService db@db1",
            "stopService app@app1",
            "stopService app@app2",
            "stopService web@web1");
  }

  @Test
  void a_failed_stop_starts_again_what_the_run_stopped() {
    bench.failsAlways("stopService app@app2");
    var run = bench.start("stop-platform");
    bench.work();

    assertThat(run).isEnded().hasPassed("undone").hasNotPassed("platform-stopped");
    assertThat(bench.calls().subList(3, 6))
        .containsExactly(
            "settleRun", "undoStep stopService app@app1", "undoStep stopService db@db1");
  }

  @Test
  void a_platform_without_services_is_started_at_once() {
    bench.delegates().platform();
    var run = bench.start("start-platform");
    bench.work();

    assertThat(run).isEnded().hasPassed("platform-runs");
  }
}
