package org.runwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways through backup-database. */
class BackupFlowTest {

  private final FlowBench bench = new FlowBench();

  @BeforeEach
  void one_database() {
    BpmnAwareTests.init(bench.engine());
    bench.delegates().platform("db@db1");
  }

  @AfterEach
  void close() {
    BpmnAwareTests.reset();
    bench.close();
  }

  @Test
  void a_dump_is_restored_on_trial_before_the_backup_counts() {
    var run = bench.start("backup-database");
    bench.work();

    assertThat(run)
        .isEnded()
        .hasPassedInOrder("dump-database", "drill-backup", "plan-retention", "backup-verified")
        .hasNotPassed("undo", "delete-backup", "undone");
    assertThat(bench.calls()).containsExactly("dumpDatabase db@db1", "drillBackup db@db1");
  }

  @Test
  void a_failed_dump_is_undone_and_never_restored() {
    bench.failsAlways("dumpDatabase db@db1");
    var run = bench.start("backup-database");
    bench.work();

    assertThat(run)
        .isEnded()
        .hasPassed("not-dumped", "failure-noted", "undo", "undone")
        .hasNotPassed("drill-backup", "plan-retention", "backup-verified");
    assertThat(bench.lastValueOf("failure", run)).isEqualTo("dumpDatabase db@db1 did not work");
  }

  @Test
  void a_backup_that_cannot_be_restored_is_removed_and_deletes_no_older_one() {
    bench.delegates().expired("old");
    bench.failsAlways("drillBackup db@db1");
    var run = bench.start("backup-database");
    bench.work();

    assertThat(run)
        .isEnded()
        .hasPassed("not-restorable", "undo", "undone")
        .hasNotPassed("plan-retention", "delete-backup", "backup-verified");
    assertThat(bench.calls())
        .containsExactly(
            "dumpDatabase db@db1",
            "drillBackup db@db1 failed",
            "settleRun db@db1",
            "undoStep dumpDatabase db@db1");
  }

  @Test
  void expired_backups_are_deleted_one_after_the_other() {
    bench.delegates().expired("oldest", "old");
    var run = bench.start("backup-database");
    bench.work();

    assertThat(run).isEnded().hasPassed("backup-deleted", "backup-verified").hasNotPassed("undo");
    assertThat(bench.calls().subList(2, 4))
        .containsExactly("deleteBackup oldest", "deleteBackup old");
  }

  @Test
  void an_expired_backup_that_cannot_be_deleted_is_told_and_the_verified_one_stays() {
    bench.delegates().expired("oldest", "old");
    bench.failsAlways("deleteBackup oldest");
    var run = bench.start("backup-database");
    bench.work();

    assertThat(run)
        .isEnded()
        .hasPassed("not-deleted", "remainder-noted", "too-many-kept")
        .hasNotPassed("undo", "undone", "backup-verified");
    assertThat(bench.calls()).endsWith("deleteBackup oldest failed", "deleteBackup old");
    assertThat(bench.lastValueOf("failure", run)).isEqualTo("deleteBackup oldest did not work");
  }

  @Test
  void cancelling_a_dump_removes_it() {
    bench.holds("drillBackup db@db1");
    var run = bench.start("backup-database");
    bench.work();
    bench.cancel(run);
    bench.work();

    assertThat(run).isEnded().hasPassed("kept", "undo", "cancel-undone").hasNotPassed("cancelled");
    assertThat(bench.calls()).endsWith("settleRun db@db1", "undoStep dumpDatabase db@db1");
  }

  @Test
  void cancelling_after_the_drill_leaves_the_verified_backup() {
    bench.delegates().expired("old");
    bench.holds("deleteBackup old");
    var run = bench.start("backup-database");
    bench.work();
    bench.cancel(run);
    bench.work();

    assertThat(run)
        .isEnded()
        .hasPassed("kept", "settle", "cancelled")
        .hasNotPassed("undo", "cancel-undone");
    assertThat(bench.calls()).endsWith("settleRun db@db1");
  }

  @Test
  void a_rejected_backup_touches_nothing() {
    bench.delegates().quorum(1);
    var run = bench.start("backup-database");
    bench.work();
    bench.decide(bench.tasks().get(0), "reject");

    assertThat(run).isEnded().hasPassed("rejected").hasNotPassed("backup", "undo");
    assertThat(bench.calls()).isEmpty();
  }
}
