package org.runwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways through recover-platform. */
class RecoverFlowTest {

  private final FlowBench bench = new FlowBench();

  @BeforeEach
  void two_levels() {
    BpmnAwareTests.init(bench.engine());
    bench.delegates().platform("db@db1 cache@db1", "app@app1");
  }

  @AfterEach
  void close() {
    BpmnAwareTests.reset();
    bench.close();
  }

  @Test
  void a_platform_that_is_well_is_left_alone() {
    var run = recover();

    assertThat(run).isEnded().hasPassed("look", "all-well").hasNotPassed("levels");
    assertThat(bench.calls())
        .containsExactly("checkService app@app1", "checkService cache@db1", "checkService db@db1");
  }

  @Test
  void unwell_services_are_restarted_in_order() {
    unwell("db@db1", "app@app1");
    var run = recover();

    assertThat(run).isEnded().hasPassed("platform-well").hasNotPassed("restart-failed");
    assertThat(bench.delegates().notes())
        .contains("noteUnwell: db@db1: checkService db@db1 did not work");
    assertThat(bench.calls().subList(3, 7))
        .containsExactly(
            "restartService db@db1",
            "awaitService db@db1",
            "restartService app@app1",
            "awaitService app@app1");
  }

  @Test
  void a_restart_that_did_not_help_is_tried_again_after_a_while() {
    unwell("db@db1");
    bench.delegates().attempts(2);
    bench.fails("awaitService db@db1", 1);
    var run = recover();
    assertThat(run).isWaitingAt("back-off");
    bench.passTime();

    assertThat(run).isEnded().hasPassed("platform-well").hasNotPassed("restart-failed");
  }

  @Test
  void a_person_lets_it_try_again_until_it_helps() {
    unwell("db@db1");
    bench.fails("restartService db@db1", 2);
    var run = recover();
    var task = bench.tasks().get(0);
    assertThat(task).hasDefinitionKey("restart-failed").hasCandidateGroup("operator");
    assertThat(bench.engine().getTaskService().getVariables(task.getId()))
        .containsEntry("target", "db@db1")
        .containsEntry("failureMessage", "restartService db@db1 did not work")
        .containsEntry("checkOutput", "restartService db@db1 did not work");
    bench.decide(task, "retry");
    bench.decide(bench.tasks().get(0), "retry");

    assertThat(run).isEnded().hasPassed("platform-well").hasNotPassed("skipped", "given-up");
  }

  @Test
  void a_skipped_service_does_not_fail_the_run() {
    unwell("db@db1", "app@app1");
    bench.failsAlways("awaitService db@db1");
    var run = recover();
    bench.decide(bench.tasks().get(0), "skip");

    assertThat(run).isEnded().hasPassed("skipped", "platform-well");
    assertThat(bench.calls()).endsWith("restartService app@app1", "awaitService app@app1");
  }

  @Test
  void giving_up_ends_the_run_before_the_next_level() {
    unwell("db@db1", "app@app1");
    bench.failsAlways("awaitService db@db1");
    var run = recover();
    bench.decide(bench.tasks().get(0), "give-up");

    assertThat(run).isEnded().hasPassed("given-up", "not-recovered").hasNotPassed("platform-well");
    assertThat(bench.calls()).doesNotContain("restartService app@app1");
    assertThat(bench.lastValueOf("failure", run)).isEqualTo("awaitService db@db1 did not work");
  }

  @Test
  void people_decide_about_each_service_by_itself() {
    unwell("db@db1", "cache@db1");
    bench.failsAlways("awaitService db@db1");
    bench.fails("awaitService cache@db1", 1);
    var run = recover();
    for (var task : bench.tasks()) {
      var target = bench.engine().getTaskService().getVariable(task.getId(), "target");
      bench.decide(task, target.equals("db@db1") ? "skip" : "retry");
    }

    assertThat(run).isEnded().hasPassed("skipped", "service-well", "platform-well");
    assertThat(bench.delegates().notes())
        .contains("noteSkip: db@db1: awaitService db@db1 did not work");
    assertThat(
            bench
                .engine()
                .getHistoryService()
                .createHistoricVariableInstanceQuery()
                .processInstanceId(run.getId())
                .activityInstanceIdIn(run.getId())
                .list())
        .extracting("name")
        .doesNotContain("decision", "comment", "attempts", "failureMessage", "checkOutput");
  }

  @Test
  void cancelling_waits_until_nothing_runs_any_more() {
    unwell("db@db1");
    bench.holds("restartService db@db1");
    var run = recover();
    bench.cancel(run);
    bench.work();

    assertThat(run).isEnded().hasPassed("cancel-asked", "settle", "cancelled");
    assertThat(bench.calls()).endsWith("settleRun");
  }

  @Test
  void a_rejected_recovery_touches_nothing() {
    bench.delegates().quorum(1);
    var run = recover();
    bench.decide(bench.tasks().get(0), "reject");

    assertThat(run).isEnded().hasPassed("rejected");
    assertThat(bench.calls()).isEmpty();
  }

  private ProcessInstance recover() {
    var run = bench.start("recover-platform");
    bench.work();
    return run;
  }

  private void unwell(String... targets) {
    for (var target : targets) {
      bench.failsAlways("checkService " + target);
    }
  }
}
