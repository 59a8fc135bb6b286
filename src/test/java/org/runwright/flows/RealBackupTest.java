package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.runwright.flows.RealLab.Service.DATABASE;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.runwright.backup.Backup;
import org.runwright.backup.Backup.State;
import org.runwright.backup.Backups;
import org.runwright.run.Run;
import org.runwright.run.RunState;
import org.runwright.run.Step;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** backup-database on a real MariaDB, as root through its socket. */
@Tag("lab")
@FlowTest
class RealBackupTest {

  private static final RealLab LAB = RealBackups.open();

  private final Flows flows;
  private final Backups backups;

  RealBackupTest(Flows flows, Backups backups) {
    this.flows = flows;
    this.backups = backups;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    LAB.register(registry);
  }

  @BeforeEach
  void a_folder_and_a_database() {
    RealBackups.prepare();
  }

  @AfterEach
  void nothingIsLeft() {
    try {
      RealBackups.release();
      flows.cancelAll();
    } finally {
      RealBackups.clean();
    }
  }

  @Test
  void a_backup_is_verified_and_brings_back_what_was_deleted() {
    String before = RealBackups.checksum();

    Run run = backUp();

    assertThat(run.state()).as(run.message().orElse("")).isEqualTo(RunState.SUCCEEDED);
    Backup backup = backups.find(run.id()).orElseThrow();
    assertThat(backup.state()).isEqualTo(State.VERIFIED);
    assertThat(backup.rowCounts().rows()).isEqualTo(3 + RealBackups.ROWS);
    assertThat(backup.rowCounts().tables()).isEqualTo(2);
    assertThat(RealBackups.scratches()).isEmpty();
    assertThat(DATABASE.host.sudo("cd %s && sha256sum -c *.sha256".formatted(RealBackups.FOLDER)))
        .endsWith(": OK");
    assertThat(DATABASE.host.sudo("stat -c \"%U %a\" " + backup.path())).isEqualTo("root 600");

    assertThat(RealBackups.sql("SHOW TRIGGERS FROM crm")).as("of the original").contains("stamp");
    RealBackups.sql("DELETE FROM crm.customer; DROP TABLE crm.letter");
    DATABASE.host.sudo("gzip -dc %s | mariadb crm".formatted(backup.path()));

    assertThat(RealBackups.checksum()).isEqualTo(before);
    assertThat(RealBackups.sql("SHOW TRIGGERS FROM crm")).contains("stamp");
  }

  @Test
  void a_disk_that_fills_up_under_the_dump_leaves_nothing() {
    RealLab.command("disk", "db1", RealBackups.FOLDER, "16m");
    try {
      Run run = heldDump();
      DATABASE.host.sudo("dd if=/dev/zero of=%s/filler bs=64k || :".formatted(RealBackups.FOLDER));
      RealBackups.release();

      run = flows.awaitEnd(run.id());

      assertThat(run.state()).as(run.message().orElse("")).isEqualTo(RunState.COMPENSATED);
      assertThat(run.message().orElse(""))
          .contains("the disk of " + RealBackups.FOLDER + " is full");
      assertThat(RealBackups.files()).containsExactly("filler");
      assertThat(backups.find(run.id()).orElseThrow().state()).isEqualTo(State.FAILED);
    } finally {
      RealLab.command("undisk", "db1", RealBackups.FOLDER);
    }
  }

  @Test
  void a_dump_killed_half_way_leaves_nothing() {
    String before = RealBackups.checksum();
    Run run = heldDump();

    DATABASE.host.sudo("pkill -KILL -f ^mariadb-dump");
    RealBackups.release();

    run = flows.awaitEnd(run.id());
    assertThat(run.state()).as(run.message().orElse("")).isEqualTo(RunState.COMPENSATED);
    assertThat(run.message().orElse("")).contains("killed by the signal KILL");
    assertThat(RealBackups.files()).isEmpty();
    assertThat(RealBackups.checksum()).isEqualTo(before);
    assertThat(backups.find(run.id()).orElseThrow().state()).isEqualTo(State.FAILED);
  }

  @Test
  void a_cancelled_dump_leaves_nothing() {
    Run run = heldDump();

    flows.cancel(run.id(), true);

    run = flows.awaitEnd(run.id());
    assertThat(run.state()).isIn(RunState.CANCELLED, RunState.COMPENSATED);
    assertThat(RealBackups.files()).isEmpty();
    assertThat(DATABASE.host.processes("gzip -c")).isZero();
  }

  @Test
  void of_two_backups_as_many_stay_as_the_rules_want() {
    Run first = backUp();
    Run second = backUp();

    assertThat(List.of(first, second))
        .allSatisfy(run -> assertThat(run.state()).isEqualTo(RunState.SUCCEEDED));
    assertThat(backups.find(first.id()).orElseThrow().state()).isEqualTo(State.DELETED);
    assertThat(RealBackups.files()).hasSize(4).allMatch(name -> name.contains(second.id()));
    List<Step> deleted = flows.steps(second.id(), "delete-backup");
    assertThat(deleted).singleElement().satisfies(s -> assertThat(s.changed()).contains(true));
  }

  /** A run whose dump stands at its second table. */
  private Run heldDump() {
    RealBackups.hold();
    Run run = flows.submit("backup-database", Map.of("service", "database"));
    await().atMost(Flows.LIMIT).until(RealBackups::waits);
    return run;
  }

  private Run backUp() {
    return flows.submitAndAwaitEnd("backup-database", Map.of("service", "database"));
  }
}
