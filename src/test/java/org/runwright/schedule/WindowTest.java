package org.runwright.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  @ParameterizedTest
  @CsvSource({
    // from, to, instant (local), end (local) or nothing; 2026-11-20 is a Friday
    "01:00, 04:00, 2026-11-20T01:00, 2026-11-20T04:00",
    "01:00, 04:00, 2026-11-20T03:59:59, 2026-11-20T04:00",
    "01:00, 04:00, 2026-11-20T04:00,",
    "01:00, 04:00, 2026-11-20T00:59:59,",
    "01:00, 04:00, 2026-11-21T02:00,",
    "22:00, 02:00, 2026-11-20T23:00, 2026-11-21T02:00",
    "22:00, 02:00, 2026-11-21T01:00, 2026-11-21T02:00",
    "22:00, 02:00, 2026-11-21T23:00,",
    "22:00, 02:00, 2026-11-23T01:00,",
    "22:00, 00:00, 2026-11-20T23:59, 2026-11-21T00:00",
    "00:00, 00:00, 2026-11-20T12:00, 2026-11-21T00:00",
  })
  void a_window_belongs_to_the_day_on_which_it_begins(
      LocalTime from, LocalTime to, LocalDateTime instant, LocalDateTime end) {
    assertThat(new Window(from, to, WORKDAYS).end(at(instant), BERLIN))
        .isEqualTo(Optional.ofNullable(end).map(WindowTest::at));
  }

  @Test
  void the_hour_that_comes_twice_belongs_to_it_twice_and_the_one_left_out_never() {
    Window night =
        new Window(LocalTime.of(1, 0), LocalTime.of(3, 0), EnumSet.allOf(DayOfWeek.class));
    assertThat(night.end(Instant.parse("2026-10-25T01:59:00Z"), BERLIN))
        .contains(Instant.parse("2026-10-25T02:00:00Z"));
    assertThat(night.end(Instant.parse("2026-03-29T00:59:00Z"), BERLIN))
        .contains(Instant.parse("2026-03-29T01:00:00Z"));
    assertThat(night.end(Instant.parse("2026-03-29T01:00:00Z"), BERLIN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "02:00, PT2H, INSIDE",
    "02:00, PT2H1S, TOO_LATE",
    "02:00, , INSIDE",
    "04:00, PT1S, OUTSIDE",
  })
  void what_would_outlast_it_may_not_begin(LocalTime now, Duration usual, Window.Fit fit) {
    Window window = new Window(LocalTime.of(1, 0), LocalTime.of(4, 0), WORKDAYS);
    Instant instant = at(LocalDateTime.parse("2026-11-20T00:00").with(now));
    assertThat(window.fit(instant, BERLIN, Optional.ofNullable(usual))).isEqualTo(fit);
  }

  private static Instant at(LocalDateTime local) {
    return local.atZone(BERLIN).toInstant();
  }
}
