package org.runwright.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.runwright.backup.Backup.State;
import org.runwright.platform.BackupSettings;

/** Which verified backups go. Here each is called by its age in days. */
class KeepRuleTest {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  @Test
  void without_a_rule_nothing_goes() {
    assertThat(gone(rules(null, null, 1), 1, 100, 1000)).isEmpty();
  }

  @Test
  void the_newest_stay_and_the_others_go_oldest_first() {
    assertThat(gone(rules(2, null, 1), 1, 2, 3, 4)).containsExactly("4", "3");
  }

  @Test
  void the_young_stay() {
    assertThat(gone(rules(null, 3, 1), 1, 2, 4, 5)).containsExactly("5", "4");
  }

  @Test
  void what_one_of_the_rules_wants_stays() {
    assertThat(gone(rules(1, 3, 1), 1, 2, 4)).containsExactly("4");
    assertThat(gone(rules(3, 1, 1), 2, 3, 4, 5)).containsExactly("5");
  }

  @Test
  void the_least_number_is_never_undercut() {
    assertThat(gone(rules(null, 1, 2), 100, 200, 300)).containsExactly("300");
    assertThat(gone(rules(null, 1, 2), 100)).isEmpty();
    assertThat(gone(rules(null, 1, 2))).isEmpty();
  }

  private static BackupSettings rules(Integer keep, Integer days, int atLeast) {
    return new BackupSettings(
        "/srv",
        Optional.ofNullable(keep),
        Optional.ofNullable(days).map(Duration::ofDays),
        atLeast,
        Duration.ofHours(1));
  }

  private static List<String> gone(BackupSettings settings, int... ages) {
    List<Backup> backups = Arrays.stream(ages).mapToObj(KeepRuleTest::aged).toList();
    return KeepRule.expired(backups, settings, NOW).stream().map(Backup::id).toList();
  }

  private static Backup aged(int days) {
    return new Backup(
        Integer.toString(days),
        "database",
        "db1",
        "mariadb",
        "/srv/x",
        1,
        "",
        NOW.minus(Duration.ofDays(days)),
        Duration.ZERO,
        RowCounts.NONE,
        State.VERIFIED,
        Optional.empty(),
        Optional.of(NOW),
        Optional.empty());
  }
}
