package org.runwright.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlackoutTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static final String CALENDAR =
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//runwright//test//EN
      BEGIN:VEVENT
      UID:freeze
      SUMMARY:Freeze of the year's end
      DTSTART;VALUE=DATE:20261223
      DTEND;VALUE=DATE:20270102
      END:VEVENT
      BEGIN:VEVENT
      UID:payday
      SUMMARY:Payday, the last Friday, but for November's
      DTSTART;TZID=Europe/Berlin:20260130T080000
      DTEND;TZID=Europe/Berlin:20260130T180000
      RRULE:FREQ=MONTHLY;BYDAY=-1FR
      EXDATE;TZID=Europe/Berlin:20261127T080000
      END:VEVENT
      BEGIN:VEVENT
      UID:payday
      SUMMARY:Payday of October, moved to a Thursday
      RECURRENCE-ID;TZID=Europe/Berlin:20261030T080000
      DTSTART;TZID=Europe/Berlin:20261029T080000
      DTEND;TZID=Europe/Berlin:20261029T180000
      END:VEVENT
      BEGIN:VEVENT
      UID:sale
      SUMMARY:Every night of ten, in whatever zone the schedule is
      DTSTART:20261101T230000
      DURATION:PT2H
      RRULE:FREQ=DAILY;COUNT=10
      END:VEVENT
      BEGIN:VEVENT
      UID:launch
      SUMMARY:In UTC
      DTSTART:20261201T220000Z
      DTEND:20261202T000000Z
      END:VEVENT
      BEGIN:VEVENT
      UID:off
      SUMMARY:Called off
      STATUS:CANCELLED
      DTSTART;VALUE=DATE:20261210
      END:VEVENT
      BEGIN:VEVENT
      UID:long-night
      SUMMARY:A day of 25 hours
      DTSTART;VALUE=DATE:20261025
      END:VEVENT
      END:VCALENDAR
      """;

  @ParameterizedTest
  @CsvSource({
    // an instant and the end of what it lies in, both in Berlin's time
    "2026-12-23T00:00, 2027-01-02T00:00",
    "2027-01-01T23:59, 2027-01-02T00:00",
    "2026-12-22T23:59,",
    "2027-01-02T00:00,",
    "2026-09-25T08:00, 2026-09-25T18:00",
    "2026-09-25T07:59,",
    "2026-09-18T12:00,",
    "2026-11-27T12:00,",
    "2026-10-30T12:00,",
    "2026-10-29T12:00, 2026-10-29T18:00",
    "2031-01-31T09:00, 2031-01-31T18:00",
    "2026-11-02T00:30, 2026-11-02T01:00",
    "2026-11-11T00:30, 2026-11-11T01:00",
    "2026-11-11T23:30,",
    "2026-12-01T22:30,",
    "2026-12-01T23:30, 2026-12-02T01:00",
    "2026-12-10T12:00,",
    "2026-10-25T23:30, 2026-10-26T00:00",
    "2026-10-26T00:00,",
  })
  void events_of_a_calendar(LocalDateTime instant, @Nullable LocalDateTime end) {
    assertThat(CalendarBlackout.parse(CALENDAR).end(at(instant), BERLIN))
        .isEqualTo(Optional.ofNullable(end).map(BlackoutTest::at));
  }

  @Test
  void times_without_a_zone_are_those_of_the_schedule() {
    Instant evening = Instant.parse("2026-11-02T04:30:00Z"); // 23:30 in New York, the day before
    ZoneId newYork = ZoneId.of("America/New_York");
    assertThat(CalendarBlackout.parse(CALENDAR).end(evening, newYork))
        .contains(Instant.parse("2026-11-02T06:00:00Z"));
    assertThat(CalendarBlackout.parse(CALENDAR).end(evening, BERLIN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/New_York", "Pacific/Auckland"})
  void the_clock_of_the_machine_does_not_matter(String here) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(here));
    try {
      events_of_a_calendar(
          LocalDateTime.parse("2026-12-23T00:00"), LocalDateTime.parse("2027-01-02T00:00"));
      events_of_a_calendar(LocalDateTime.parse("2026-12-22T23:59"), null);
      events_of_a_calendar(
          LocalDateTime.parse("2026-10-25T23:30"), LocalDateTime.parse("2026-10-26T00:00"));
      events_of_a_calendar(
          LocalDateTime.parse("2026-11-02T00:30"), LocalDateTime.parse("2026-11-02T01:00"));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "freeze: yes",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:when?\nEND:VEVENT\nEND:VCALENDAR\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:tomorrow\nEND:VEVENT\nEND:VCALENDAR\n"
      })
  void what_is_no_calendar_is_refused(String text) {
    assertThatThrownBy(() -> CalendarBlackout.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("is no iCalendar file.*|has an event without a readable DTSTART.*");
  }

  @Test
  void days_are_whole_and_both_included() {
    Blackout blackout = new Blackout.Days(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 26));
    Instant end = at(LocalDateTime.parse("2026-12-27T00:00"));
    assertThat(blackout.end(at(LocalDateTime.parse("2026-12-24T00:00")), BERLIN)).contains(end);
    assertThat(blackout.end(at(LocalDateTime.parse("2026-12-26T23:59")), BERLIN)).contains(end);
    assertThat(blackout.end(end, BERLIN)).isEmpty();
    assertThat(blackout.end(at(LocalDateTime.parse("2026-12-23T23:59")), BERLIN)).isEmpty();
    assertThatThrownBy(
            () -> new Blackout.Days(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 23)))
        .hasMessageContaining("before it begins");
  }

  @Test
  void the_same_hours_every_week() {
    Blackout fridays =
        new Blackout.Weekly(
            new Window(LocalTime.of(16, 0), LocalTime.MIDNIGHT, EnumSet.of(DayOfWeek.FRIDAY)));
    assertThat(fridays.end(at(LocalDateTime.parse("2026-11-20T17:00")), BERLIN))
        .contains(at(LocalDateTime.parse("2026-11-21T00:00")));
    assertThat(fridays.end(at(LocalDateTime.parse("2026-11-19T17:00")), BERLIN)).isEmpty();
  }

  private static Instant at(LocalDateTime local) {
    return local.atZone(BERLIN).toInstant();
  }
}
