package org.runwright.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.runwright.schedule.Timetable.Firing;
import org.runwright.schedule.Timetable.Reason;
import org.runwright.schedule.Timetable.Refusal;

class TimetableTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOON = Instant.parse("2026-11-20T11:00:00Z"); // a Friday
  private static final Window NIGHT =
      new Window(
          LocalTime.of(1, 0),
          LocalTime.of(4, 0),
          EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
  private static final Calendar TUESDAY =
      new Calendar(
          "audit",
          List.of(new Blackout.Days(LocalDate.of(2026, 11, 24), LocalDate.of(2026, 11, 24))));

  @Test
  void the_next_times_leave_out_what_window_and_blackouts_forbid() {
    assertThat(days(table("30 1 * * *", Duration.ZERO).next(NOON, 4, Optional.empty())))
        .containsExactly(day(23), day(25), day(26), day(27));
  }

  @Test
  void a_run_that_would_outlast_its_window_does_not_begin() {
    Timetable late = table("30 3 * * *", Duration.ZERO);
    assertThat(late.next(NOON, 1, Optional.of(Duration.ofMinutes(30)))).hasSize(1);
    assertThat(late.next(NOON, 1, Optional.of(Duration.ofMinutes(31)))).isEmpty();
    assertThat(late.next(NOON, 1, Optional.empty())).as("not known").hasSize(1);
  }

  @Test
  void a_refusal_tells_its_reason() {
    Timetable table = table("30 1 * * *", Duration.ZERO);
    assertThat(table.refusal(NOON, Optional.empty()).map(Refusal::reason)).contains(Reason.WINDOW);
    assertThat(table.refusal(Instant.parse("2026-11-24T01:00:00Z"), Optional.empty()).orElseThrow())
        .isEqualTo(new Refusal(Reason.BLACKOUT, "in the blackout audit"));
    assertThat(table.refusal(Instant.parse("2026-11-25T01:00:00Z"), Optional.empty())).isEmpty();
  }

  @Test
  void nothing_fires_before_its_first_or_after_its_last_time() {
    Instant from = Instant.parse("2026-11-26T00:30:00Z");
    Instant until = Instant.parse("2026-11-30T00:30:00Z");
    Timetable bounded =
        new Timetable(
            "bounded",
            CronTimes.parse("30 1 * * *"),
            BERLIN,
            Optional.empty(),
            List.of(),
            Duration.ZERO,
            Optional.of(from),
            Optional.of(until));

    assertThat(days(bounded.next(NOON, 10, Optional.empty())))
        .containsExactly(day(26), day(27), day(28), day(29));
    assertThat(bounded.refusal(until, Optional.empty()).map(Refusal::reason))
        .contains(Reason.ENDED);
    assertThat(bounded.next(until)).isEmpty();
  }

  @Test
  void the_delay_stays_in_its_bounds_differs_and_is_the_same_on_every_server() {
    Duration jitter = Duration.ofMinutes(5);
    List<Firing> firings = table("*/10 1-2 * * *", jitter).next(NOON, 200, Optional.empty());

    assertThat(firings)
        .hasSize(200)
        .allSatisfy(firing -> assertThat(delay(firing)).isBetween(Duration.ZERO, jitter))
        .isEqualTo(table("*/10 1-2 * * *", jitter).next(NOON, 200, Optional.empty()));
    Set<Duration> delays = firings.stream().map(TimetableTest::delay).collect(Collectors.toSet());
    assertThat(delays).hasSizeGreaterThan(150);
    assertThat(delays).anyMatch(delay -> delay.compareTo(Duration.ofSeconds(30)) < 0);
    assertThat(delays).anyMatch(delay -> delay.compareTo(Duration.ofSeconds(270)) > 0);
  }

  @Test
  void a_schedule_that_is_always_forbidden_is_given_up() {
    assertThat(table("* 12 * * *", Duration.ZERO).next(NOON, 1, Optional.empty())).isEmpty();
  }

  private static Timetable table(String cron, Duration jitter) {
    return new Timetable(
        "nightly",
        CronTimes.parse(cron),
        BERLIN,
        Optional.of(NIGHT),
        List.of(TUESDAY),
        jitter,
        Optional.empty(),
        Optional.empty());
  }

  private static Duration delay(Firing firing) {
    return Duration.between(firing.scheduled(), firing.begins());
  }

  private static LocalDate day(int day) {
    return LocalDate.of(2026, 11, day);
  }

  private static List<LocalDate> days(List<Firing> firings) {
    return firings.stream().map(firing -> LocalDate.ofInstant(firing.begins(), BERLIN)).toList();
  }
}
