package org.runwright.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.runwright.platform.DatabaseKind;
import org.runwright.step.LocalShell.Ended;
import org.runwright.step.StepResult.Verdict;

/**
 * The scripts of backups in every shell of this machine, with programs in the place of MariaDB's
 * clients that keep each database as one file. On a real server: {@link PostgresBackupTest}.
 */
class BackupScriptsTest {

  @TempDir Path directory;

  private Path server;
  private BackupFiles backup;

  @BeforeEach
  void a_server() throws IOException {
    server = Files.createDirectory(directory.resolve("server"));
    Path folder = Files.createDirectory(directory.resolve("back ups'"));
    StandInMariadb.install(server);
    backup = new BackupFiles(folder, DatabaseKind.MARIADB, "crm", Optional.empty());
  }

  static Stream<List<String>> shells() {
    return LocalShell.all();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_backup_is_dumped_restored_on_trial_and_deleted(List<String> shell) throws Exception {
    Ended dumped = run(shell, backup.step("dump-database"));

    succeeded(dumped, true);
    assertThat(dumped.result().values())
        .containsEntry("backup", BackupFiles.ID)
        .containsEntry("path", backup.file(".sql.gz").toString())
        .containsEntry("sha256", sha256(backup.file(".sql.gz")))
        .containsEntry("bytes", Long.toString(Files.size(backup.file(".sql.gz"))))
        .containsEntry("tables", "2")
        .containsEntry("rows", "2")
        .containsEntry("digest", sha256(backup.file(".tables")))
        .containsEntry("largest", "2 customer;0 empty one;");
    assertThat(backup.names()).containsExactly(".info", ".sql.gz", ".sql.gz.sha256", ".tables");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.file(".sql.gz"))))
        .isEqualTo("rw-------");
    assertThat(Files.readString(backup.file(".tables")))
        .matches("customer\t2\t[0-9a-f]{64}\nempty one\t0\t[0-9a-f]{64}\n");

    Ended drilled = run(shell, backup.step("drill-backup"));

    succeeded(drilled, false);
    assertThat(drilled.result().values()).containsEntry("tables", "2").containsEntry("rows", "2");
    assertThat(scratches()).isEmpty();
    assertThat(Files.readString(backup.file(".info"))).contains("verified=20");
    assertThat(Files.readString(server.resolve("calls"))).contains("--single-transaction");
    assertThat(Files.readString(server.resolve("loaded")))
        .as("what names the original database stays out of the drill")
        .contains("INSERT INTO `customer` VALUES (2,'Grace');")
        .doesNotContain("crm.", "ALTER DATABASE", "TRIGGER", "EVENT", "DELIMITER");

    Ended deleted = run(shell, backup.undo("dump-database"));

    succeeded(deleted, true);
    assertThat(backup.names()).isEmpty();
    succeeded(run(shell, backup.step("delete-backup")), false);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_dump_that_is_killed_half_way_leaves_nothing(List<String> shell) throws IOException {
    fault("killed");

    failed(run(shell, backup.step("dump-database")), "crm was killed by the signal KILL");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_dump_that_fails_says_why_and_leaves_nothing(List<String> shell) throws IOException {
    fault("fails");

    failed(
        run(shell, backup.step("dump-database")), "2013: Lost connection; nothing of it was kept");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_dump_without_its_last_line_is_not_whole(List<String> shell) throws IOException {
    fault("short");

    failed(run(shell, backup.step("dump-database")), "is not whole");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_damaged_file_is_never_restored(List<String> shell) throws IOException {
    run(shell, backup.step("dump-database"));
    byte[] bytes = Files.readAllBytes(backup.file(".sql.gz"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(backup.file(".sql.gz"), bytes);

    Ended drilled = run(shell, backup.step("drill-backup"));

    assertThat(drilled.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(drilled.result().changed()).contains(false);
    assertThat(drilled.result().message()).contains("is damaged: its SHA-256 is");
    assertThat(scratches()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_restore_that_loses_a_row_is_told_and_leaves_no_scratch_database(List<String> shell)
      throws IOException {
    run(shell, backup.step("dump-database"));
    fault("loses");

    Ended drilled = run(shell, backup.step("drill-backup"));

    assertThat(drilled.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(drilled.result().changed()).contains(false);
    assertThat(drilled.result().message()).contains("the table customer has 1 rows, 2 were dumped");
    assertThat(scratches()).isEmpty();
    assertThat(backup.names()).noneMatch(name -> name.startsWith(".drill"));
    assertThat(Files.readString(backup.file(".info"))).doesNotContain("verified");
  }

  @Test
  void what_a_killed_drill_left_is_dropped_by_its_undo() throws IOException {
    run(List.of("sh"), backup.step("dump-database"));
    Files.createFile(server.resolve("runwright_drill_made"));
    Files.createFile(backup.file(".drill.names"));

    succeeded(run(List.of("sh"), backup.undo("drill-backup")), true);

    assertThat(scratches()).isEmpty();
    assertThat(backup.names()).noneMatch(name -> name.startsWith(".drill"));
  }

  @Test
  void what_a_killed_dump_left_is_removed_by_its_undo() throws IOException {
    Files.createFile(backup.file(".sql.gz.part"));
    Files.createFile(backup.file(".part.names"));

    succeeded(run(List.of("sh"), backup.undo("dump-database")), true);

    assertThat(backup.names()).isEmpty();
  }

  @Test
  void a_dump_that_is_repeated_is_not_made_twice() throws IOException {
    run(List.of("sh"), backup.step("dump-database"));
    Files.delete(server.resolve("calls"));

    succeeded(run(List.of("sh"), backup.step("dump-database")), true);

    assertThat(server.resolve("calls")).doesNotExist();
  }

  @Test
  void a_missing_directory_is_not_made() {
    BackupFiles lost =
        new BackupFiles(directory.resolve("lost"), DatabaseKind.MARIADB, "crm", Optional.empty());

    failed(run(List.of("sh"), lost.step("dump-database")), "there is no directory", lost);
    assertThat(run(List.of("sh"), lost.step("delete-backup")).result().verdict())
        .isEqualTo(Verdict.FAILED);
    assertThat(directory.resolve("lost")).doesNotExist();
  }

  @Test
  void too_little_space_is_told_before_anything_is_written() throws IOException {
    Files.writeString(server.resolve("kib"), "999999999999\n");

    failed(run(List.of("sh"), backup.step("dump-database")), "too little space");
    assertThat(server.resolve("calls")).doesNotExist();
  }

  @Test
  void tables_that_know_no_transactions_are_refused() throws IOException {
    Files.writeString(server.resolve("others"), "old_log\n");

    failed(
        run(List.of("sh"), backup.step("dump-database")), "no dump of it is consistent: old_log");
  }

  @Test
  void a_server_out_of_reach_is_told() throws IOException {
    fault("down");

    failed(run(List.of("sh"), backup.step("dump-database")), "ERROR 2002: no server");
  }

  @Test
  void credentials_that_everybody_can_read_are_refused_and_others_are_only_named()
      throws IOException {
    Path credentials =
        Files.writeString(directory.resolve("crm.cnf"), "[client]\npassword=hush-hush\n");
    Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-r--r--"));
    BackupFiles with =
        new BackupFiles(backup.folder(), DatabaseKind.MARIADB, "crm", Optional.of(credentials));
    failed(run(List.of("sh"), with.step("dump-database")), "everybody on this host can read", with);

    Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-------"));
    Ended dumped = run(List.of("sh"), with.step("dump-database"));

    succeeded(dumped, true);
    assertThat(Files.readString(server.resolve("calls")))
        .startsWith("--defaults-extra-file=" + credentials + " ")
        .doesNotContain("hush");
    assertThat(dumped.toString() + with.step("dump-database")).doesNotContain("hush");
  }

  @Test
  void a_service_without_settings_is_refused() {
    StepRequest request =
        new StepRequest(
            "dump-database",
            "db1",
            Optional.of("database"),
            Map.of("backup", BackupFiles.ID),
            Optional.empty());

    assertThatThrownBy(
            () ->
                Kinds.ALL
                    .named("dump-database")
                    .prepare(request, PlatformBuilder.aPlatform().build()))
        .isInstanceOf(StepRefused.class)
        .hasMessageContaining("add database: { kind, name } to services.yml");
    assertThatThrownBy(
            () -> Kinds.prepare("dump-database", backup.platform(), Map.of("backup", "../x")))
        .isInstanceOf(StepRefused.class)
        .hasMessageContaining("'backup'");
  }

  private Ended run(List<String> shell, PreparedStep step) {
    Map<String, String> environment =
        Map.of("PATH", server + ":" + System.getenv("PATH"), "SERVER", server.toString());
    return new LocalShell(shell, directory, environment).run(step);
  }

  private void failed(Ended ended, String why) {
    failed(ended, why, backup);
    assertThat(backup.names()).isEmpty();
  }

  private static void failed(Ended ended, String why, BackupFiles backup) {
    assertThat(ended.result().verdict()).as(ended.toString()).isEqualTo(Verdict.FAILED);
    assertThat(ended.result().message()).contains(why);
    assertThat(ended.result().changed()).contains(false);
    assertThat(ended.result().values()).containsEntry("backup", BackupFiles.ID);
    assertThat(backup.file(".sql.gz")).doesNotExist();
  }

  private static void succeeded(Ended ended, boolean changed) {
    assertThat(ended.result().verdict()).as(ended.toString()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(ended.result().changed()).contains(changed);
  }

  private List<Path> scratches() throws IOException {
    try (Stream<Path> files = Files.list(server)) {
      return files.filter(file -> file.getFileName().toString().startsWith("runwright_")).toList();
    }
  }

  private void fault(String name) throws IOException {
    Files.createFile(server.resolve(name));
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
