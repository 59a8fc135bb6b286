package org.runwright.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.runwright.backup.Backup.State;
import org.runwright.lab.TestTables;
import org.runwright.platform.BackupSettings;
import org.runwright.platform.DatabaseKind;
import org.runwright.platform.DatabaseSettings;
import org.runwright.platform.FileProblem;
import org.runwright.platform.Inventory;
import org.runwright.platform.Platform;
import org.runwright.platform.Platforms;
import org.runwright.platform.Service;
import org.runwright.platform.ServiceCommands;
import org.runwright.platform.ServiceManager;
import org.runwright.platform.ServiceMap;

/** What the catalogue holds, on each database. */
abstract class CatalogueContract {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final RowCounts COUNTS =
      new RowCounts(2, 15, "d", List.of(new RowCounts.Table("customer; or not", 12)));

  private TestTables tables;
  private Backups backups;

  abstract TestTables tables();

  @BeforeEach
  void open() {
    tables = tables();
    backups = new Backups(tables.jdbc(), new ObjectMapper(), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    tables.close();
  }

  @Test
  void a_backup_comes_back_as_it_was_put() {
    Backup made = backup("a", "database", 1, State.MADE);
    backups.put(made);

    assertThat(backups.find("a")).contains(made);
    assertThat(backups.find("b")).isEmpty();
  }

  @Test
  void a_second_attempt_takes_the_place_of_the_first() {
    backups.put(backup("a", "database", 1, State.FAILED));
    backups.put(backup("a", "database", 0, State.MADE));

    assertThat(backups.list(Optional.empty(), 10)).hasSize(1);
    assertThat(backups.find("a").orElseThrow().state()).isEqualTo(State.MADE);
  }

  @Test
  void only_a_drill_makes_it_verified_and_what_is_deleted_stays_deleted() {
    backups.put(backup("a", "database", 1, State.MADE));
    assertThat(backups.newestVerified()).isEmpty();

    backups.verified("a", Duration.ofSeconds(3));

    Backup verified = backups.newestVerified().get("database");
    assertThat(verified.verifiedAt()).contains(NOW);
    assertThat(verified.drillDuration()).contains(Duration.ofSeconds(3));
    backups.deleted("a");
    backups.verified("a", Duration.ZERO);
    backups.failed("a", "late");
    assertThat(backups.find("a").orElseThrow().state()).isEqualTo(State.DELETED);
    assertThat(backups.newestVerified()).isEmpty();
  }

  @Test
  void a_failed_drill_says_why() {
    backups.put(backup("a", "database", 1, State.MADE));

    backups.failed("a", "x".repeat(3000));

    assertThat(backups.find("a").orElseThrow().state()).isEqualTo(State.FAILED);
    assertThat(backups.find("a").orElseThrow().message().orElseThrow()).hasSize(2000);
  }

  @Test
  void the_newest_verified_one_of_each_service_counts() {
    backups.put(backup("a", "database", 3, State.VERIFIED));
    backups.put(backup("b", "database", 2, State.VERIFIED));
    backups.put(backup("c", "database", 1, State.MADE));
    backups.put(backup("d", "ledger", 9, State.VERIFIED));

    assertThat(backups.newestVerified().values())
        .extracting(Backup::id)
        .containsExactlyInAnyOrder("b", "d");
    assertThat(backups.list(Optional.of("database"), 2))
        .extracting(Backup::id)
        .containsExactly("c", "b");
  }

  @Test
  void only_verified_backups_count_for_those_that_are_kept() {
    backups.put(backup("a", "database", 5, State.VERIFIED));
    backups.put(backup("b", "database", 4, State.VERIFIED));
    backups.put(backup("c", "database", 3, State.MADE));
    backups.put(backup("d", "database", 2, State.FAILED));
    backups.put(backup("e", "ledger", 9, State.VERIFIED));

    assertThat(backups.expired("database", settings(1)))
        .extracting(Backup::id)
        .containsExactly("a");
    assertThat(backups.expired("database", settings(2))).isEmpty();
  }

  @Test
  void the_metric_tells_the_age_and_has_no_end_where_there_is_none() {
    backups.put(backup("a", "database", 2, State.VERIFIED));
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    BackupAge age =
        new BackupAge(
            backups, platforms(), Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC), registry);

    age.look();

    assertThat(registry.get("runwright.backup.age").tag("service", "database").gauge().value())
        .isEqualTo(2 * 86400 + 60);
    assertThat(registry.get("runwright.backup.age").tag("service", "ledger").gauge().value())
        .isInfinite();
    assertThat(registry.get("runwright.backup.age").gauges()).hasSize(2);
  }

  private static Platforms platforms() {
    Map<String, Service> services = new TreeMap<>();
    services.put("database", service("database", Optional.of(settings(1))));
    services.put("ledger", service("ledger", Optional.of(settings(1))));
    services.put("crm", service("crm", Optional.empty()));
    Platform platform =
        new Platform(
            new Inventory(new TreeMap<>(), new TreeMap<>(), Map.of()),
            new ServiceMap("p", new TreeMap<>(services)));
    return new Platforms() {
      @Override
      public Platform current() {
        return platform;
      }

      @Override
      public List<FileProblem> problems() {
        return List.of();
      }
    };
  }

  private static Service service(String name, Optional<BackupSettings> backup) {
    return new Service(
        name,
        "db",
        ServiceManager.SYSTEMD,
        name,
        new ServiceCommands(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        true,
        List.of(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        new TreeSet<>(),
        Optional.of(new DatabaseSettings(DatabaseKind.MARIADB, "crm", Optional.empty())),
        backup,
        Optional.empty());
  }

  private static BackupSettings settings(int keep) {
    return new BackupSettings("/srv", Optional.of(keep), Optional.empty(), 1, Duration.ofHours(1));
  }

  private static Backup backup(String id, String service, int days, State state) {
    return new Backup(
        id,
        service,
        "db1",
        "mariadb",
        "/srv/" + id + ".sql.gz",
        1234,
        "abc",
        NOW.minus(Duration.ofDays(days)),
        Duration.ofSeconds(7),
        COUNTS,
        state,
        Optional.empty(),
        state == State.VERIFIED ? Optional.of(NOW) : Optional.empty(),
        Optional.empty());
  }
}
