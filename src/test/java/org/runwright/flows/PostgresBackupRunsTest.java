package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.runwright.backup.Backup;
import org.runwright.backup.Backup.State;
import org.runwright.backup.Backups;
import org.runwright.lab.EmbeddedLab;
import org.runwright.lab.PostgresServer;
import org.runwright.run.Run;
import org.runwright.run.RunState;
import org.runwright.run.Step;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Whole runs of backup-database against a real PostgreSQL. */
@Tag("lab")
@FlowTest
class PostgresBackupRunsTest {

  private static final EmbeddedLab LAB = EmbeddedLab.start();
  private static final Path PROCESSES = Flows.processes(LAB);
  private static final Path FOLDER = LAB.directory().resolve("backups");
  private static final String PASSWORD = database();

  private final Flows flows;
  private final Backups backups;

  PostgresBackupRunsTest(Flows flows, Backups backups) {
    this.flows = flows;
    this.backups = backups;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    LAB.settings().forEach((name, value) -> registry.add(name, () -> value));
    registry.add("runwright.processes-dir", PROCESSES::toString);
  }

  @AfterAll
  static void closeLab() {
    LAB.close();
  }

  @Test
  void backups_are_made_verified_and_the_oldest_deleted_and_no_password_is_anywhere()
      throws IOException {
    Run first = backUp();
    Run second = backUp();
    Run third = backUp();

    assertThat(List.of(first, second, third)).allSatisfy(PostgresBackupRunsTest::succeeded);
    assertThat(backups.list(Optional.of("ledger"), 3))
        .extracting(Backup::state)
        .containsExactly(State.VERIFIED, State.VERIFIED, State.DELETED);
    Backup newest = backups.newestVerified().get("ledger");
    assertThat(newest.id()).isEqualTo(third.id());
    assertThat(newest.rowCounts().rows()).isEqualTo(300);
    assertThat(newest.kind()).isEqualTo("postgresql");
    assertThat(newest.bytes()).isEqualTo(Files.size(Path.of(newest.path())));
    assertThat(files()).hasSize(8).noneMatch(name -> name.contains(first.id()));
    assertThat(flows.steps(third.id(), "delete-backup")).hasSize(1);
    for (Step step : flows.steps(third.id())) {
      assertThat(step.toString()).doesNotContain(PASSWORD);
    }
    assertThat(flows.output(third.id())).doesNotContain(PASSWORD);
  }

  @Test
  void a_backup_that_is_damaged_before_its_drill_is_removed_again_and_never_counts()
      throws Exception {
    try (WatchService watch = FOLDER.getFileSystem().newWatchService()) {
      FOLDER.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      CompletableFuture<Path> spoiled = CompletableFuture.supplyAsync(() -> spoilFirst(watch));

      Run run = flows.submitAndAwaitEnd("backup-database", Map.of("service", "spoiled"));

      assertThat(spoiled.get(30, TimeUnit.SECONDS)).doesNotExist();
      assertThat(run.state()).as(run.message().orElse("")).isEqualTo(RunState.COMPENSATED);
      assertThat(run.message().orElse("")).contains("is damaged").contains("SHA-256");
      Backup backup = backups.find(run.id()).orElseThrow();
      assertThat(backup.state()).isEqualTo(State.DELETED);
      assertThat(backup.message().orElse("")).contains("is damaged");
    }
    assertThat(backups.newestVerified()).doesNotContainKey("spoiled");
    assertThat(files()).noneMatch(name -> name.contains("spoiled"));
  }

  @Test
  void a_service_without_settings_is_refused_before_anything_happens() {
    assertThatThrownBy(() -> flows.submit("backup-database", Map.of("service", "crm")))
        .hasMessageContaining("services.yml does not say how to back up crm");
  }

  /** Turns one bit of the first file that gets the name of a whole dump. */
  private static Path spoilFirst(WatchService watch) {
    try {
      while (true) {
        WatchKey key = watch.poll(60, TimeUnit.SECONDS);
        for (WatchEvent<?> event : key.pollEvents()) {
          Path file = FOLDER.resolve((Path) event.context());
          if (file.toString().endsWith(".sql.gz")) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            return Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
          }
        }
        key.reset();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Makes a database and tells the lab's service map of it; its password. */
  private static String database() {
    try {
      Files.createDirectory(FOLDER);
      String url = PostgresServer.shared().newDatabase();
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute(
            "create table entry as select n, 'text ' || n as text from generate_series(1, 300) n");
      }
      URI uri = URI.create(url.substring("jdbc:".length()));
      Map<String, String> login =
          Stream.of(uri.getQuery().split("&"))
              .map(pair -> pair.split("=", 2))
              .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
      Path credentials =
          Files.writeString(
              LAB.directory().resolve("service.conf"),
              "[runwright]\nhost=%s\nport=%d\nuser=%s\npassword=%s\n"
                  .formatted(
                      uri.getHost(), uri.getPort(), login.get("user"), login.get("password")));
      Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-------"));
      for (String service : List.of("ledger", "spoiled")) {
        Files.writeString(
            LAB.runbooksDir().resolve("services.yml"),
            """
              %s:
                hosts: db1
                manager: command
                start: "true"
                stop: "true"
                status: "true"
                database: { kind: postgresql, name: %s, credentials: %s }
                backup: { directory: %s, keep: 2, keep-at-least: 2 }
            """
                .formatted(service, uri.getPath().substring(1), credentials, FOLDER),
            StandardOpenOption.APPEND);
      }
      return login.get("password");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private Run backUp() {
    return flows.submitAndAwaitEnd("backup-database", Map.of("service", "ledger"));
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void succeeded(Run run) {
    assertThat(run.state()).as(run.message().orElse("")).isEqualTo(RunState.SUCCEEDED);
  }
}
