package org.runwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.junit.jupiter.api.Test;
import org.runwright.backup.Backup;
import org.runwright.backup.Backups;
import org.runwright.backup.RowCounts;
import org.runwright.platform.DatabaseKind;
import org.runwright.platform.DatabaseSettings;
import org.runwright.platform.Host;
import org.runwright.platform.Inventory;
import org.runwright.platform.Login;
import org.runwright.platform.Platform;
import org.runwright.platform.Service;
import org.runwright.platform.ServiceCommands;
import org.runwright.platform.ServiceManager;
import org.runwright.platform.ServiceMap;

class VerifiedBackupTest {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private final Backups backups = mock(Backups.class);
  private final VerifiedBackup precondition =
      new VerifiedBackup(backups, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void a_database_without_a_verified_backup_is_not_patched() {
    when(backups.newestVerified()).thenReturn(Map.of());

    assertThat(refusal("db1", "P1D").orElse(""))
        .isEqualTo(
            "database has no verified backup, and backupWithin asks for one no older than PT24H:"
                + " run backup-database, then retry");
    assertThat(refusal("app1", "P1D")).as("a host of no database").isEmpty();
    assertThat(refusal("db1", "none")).isEmpty();
    assertThat(refusal("db1", null)).as("a process that does not ask for it").isEmpty();
  }

  @Test
  void its_backup_has_to_be_young_enough() {
    when(backups.newestVerified()).thenReturn(Map.of("database", begun(Duration.ofHours(6))));

    assertThat(refusal("db1", "PT6H")).isEmpty();
    assertThat(refusal("db1", "PT5H59M").orElse(""))
        .contains("the newest verified backup of database is of 2026-05-31T18:00:00Z");
  }

  private Optional<String> refusal(String host, String within) {
    VariableScope run = mock(VariableScope.class);
    when(run.getVariable("backupWithin")).thenReturn(within);
    Platform platform = platform();
    return precondition.refusal(platform.inventory().host(host).orElseThrow(), platform, run);
  }

  private static Backup begun(Duration ago) {
    return new Backup(
        "id",
        "database",
        "db1",
        "mariadb",
        "/backup",
        1,
        "0",
        NOW.minus(ago),
        Duration.ofSeconds(1),
        new RowCounts(0, 0, "", List.of()),
        Backup.State.VERIFIED,
        Optional.empty(),
        Optional.of(NOW),
        Optional.empty());
  }

  private static Platform platform() {
    return new Platform(
        new Inventory(
            new TreeMap<>(Map.of("db1", host("db1"), "app1", host("app1"))),
            new TreeMap<>(
                Map.of(
                    "all", List.of("app1", "db1"), "db", List.of("db1"), "app", List.of("app1"))),
            Map.of()),
        new ServiceMap(
            "crm",
            new TreeMap<>(
                Map.of(
                    "database",
                    service(
                        "database",
                        "db",
                        Optional.of(
                            new DatabaseSettings(DatabaseKind.MARIADB, "crm", Optional.empty()))),
                    "application",
                    service("application", "app", Optional.empty())))));
  }

  private static Service service(String name, String hosts, Optional<DatabaseSettings> database) {
    return new Service(
        name,
        hosts,
        ServiceManager.SYSTEMD,
        name,
        new ServiceCommands(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        true,
        List.of(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        new TreeSet<>(),
        database,
        Optional.empty(),
        Optional.empty());
  }

  private static Host host(String name) {
    Login login = new Login("u", Optional.empty(), Optional.empty(), Optional.empty());
    return new Host(name, name, 22, login, Optional.empty(), List.of(), new TreeSet<>(), Map.of());
  }
}
