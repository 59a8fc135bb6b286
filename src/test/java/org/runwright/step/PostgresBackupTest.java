package org.runwright.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.runwright.lab.PostgresServer;
import org.runwright.platform.DatabaseKind;
import org.runwright.step.LocalShell.Ended;
import org.runwright.step.StepResult.Verdict;

/** Backups of a real PostgreSQL, with the password in a service file. */
@Tag("lab")
class PostgresBackupTest {

  @TempDir Path directory;

  private String url;
  private String password;
  private BackupFiles backup;

  @BeforeEach
  void a_database_with_much_in_it() throws IOException, SQLException {
    url = PostgresServer.shared().newDatabase();
    URI uri = URI.create(url.substring("jdbc:".length()));
    Map<String, String> login =
        Stream.of(uri.getQuery().split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    password = login.get("password");
    Path credentials =
        Files.writeString(
            directory.resolve("service.conf"),
            "[runwright]\nhost=%s\nport=%d\nuser=%s\npassword=%s\n"
                .formatted(uri.getHost(), uri.getPort(), login.get("user"), password));
    Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-------"));
    Path folder = Files.createDirectory(directory.resolve("backups"));
    String name = uri.getPath().substring(1);
    backup = new BackupFiles(folder, DatabaseKind.POSTGRESQL, name, Optional.of(credentials));
    sql(
        """
        create table customer (id int primary key, name text, picture bytea, at timestamptz);
        insert into customer select n, 'line
        COPY customer (id) FROM stdin;\\.' || n, decode('00ff0a', 'hex'), now()
          from generate_series(1, 5000) n;
        create schema "odd one";
        create table "odd one"."a (b) c" (x jsonb);
        create table nothing (id int);
        create sequence steps start 7;
        select nextval('steps');
        create view names as select name from customer;
        create materialized view counted as select count(*) from customer;
        create function twice(n int) returns int language sql as 'select 2 * n';
        """);
  }

  static Stream<List<String>> shells() {
    return LocalShell.all();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_backup_is_dumped_and_restored_on_trial(List<String> shell) throws SQLException {
    Ended dumped = run(shell, backup.step("dump-database"));

    assertThat(dumped.result().verdict()).as(dumped.toString()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(dumped.result().values()).containsEntry("tables", "3").containsEntry("rows", "5000");
    assertThat(dumped.result().values().get("largest")).startsWith("5000 public.customer;");

    Ended drilled = run(shell, backup.step("drill-backup"));

    assertThat(drilled.result().verdict()).as(drilled.toString()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(drilled.result().changed()).contains(false);
    assertThat(scratches()).isEmpty();
    assertThat(dumped.toString() + drilled + backup.step("dump-database")).doesNotContain(password);
  }

  @Test
  void rows_that_change_while_it_is_restored_do_not_matter_and_wrong_notes_do()
      throws IOException, SQLException {
    run(List.of("sh"), backup.step("dump-database"));
    sql("delete from customer; insert into nothing values (1); drop view names;");

    assertThat(run(List.of("sh"), backup.step("drill-backup")).result().verdict())
        .isEqualTo(Verdict.SUCCEEDED);

    String noted = Files.readString(backup.file(".tables"));
    Files.writeString(backup.file(".tables"), noted.replace("\t5000\t", "\t5001\t"));
    Ended again = run(List.of("sh"), backup.step("drill-backup"));
    assertThat(again.result().message()).contains(".tables is damaged");
    assertThat(scratches()).isEmpty();
  }

  @Test
  void a_restore_that_fails_says_why_and_leaves_no_scratch_database() throws Exception {
    run(List.of("sh"), backup.step("dump-database"));
    // whole by its checksum, but not SQL
    Process made =
        new ProcessBuilder(
                "sh",
                "-c",
                "cd \"$1\" && echo 'select 1/0;' | gzip >$2 && sha256sum $2 >$2.sha256",
                "sh",
                backup.folder().toString(),
                backup.file(".sql.gz").getFileName().toString())
            .start();
    assertThat(made.waitFor()).isZero();

    Ended drilled = run(List.of("sh"), backup.step("drill-backup"));

    assertThat(drilled.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(drilled.result().message()).contains("cannot be restored").contains("division");
    assertThat(drilled.result().changed()).contains(false);
    assertThat(scratches()).isEmpty();
  }

  @Test
  void an_unknown_database_is_told() {
    BackupFiles other =
        new BackupFiles(backup.folder(), DatabaseKind.POSTGRESQL, "nobody", backup.credentials());

    Ended dumped = run(List.of("sh"), other.step("dump-database"));

    assertThat(dumped.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(dumped.result().message()).contains("\"nobody\" does not exist");
    assertThat(backup.names()).isEmpty();
  }

  private Ended run(List<String> shell, PreparedStep step) {
    return new LocalShell(shell, directory).run(step);
  }

  private List<String> scratches() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select coalesce(string_agg(datname, ','), '') from pg_database"
                    + " where datname like 'runwright!_drill%' escape '!'")) {
      rows.next();
      return Stream.of(rows.getString(1).split(",")).filter(name -> !name.isEmpty()).toList();
    }
  }

  private void sql(String text) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }
}
