package org.runwright.schedule;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.TimezoneAssignment;
import biweekly.property.DateOrDateTimeProperty;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events of an iCalendar file (RFC 5545) as times in which nothing may begin: with their
 * recurrences, exceptions, and single ones that were moved. Cancelled events do not count.
 * Thread-safe.
 */
final class CalendarBlackout implements Blackout {

  private final String text;

  private CalendarBlackout(String text) {
    this.text = text;
  }

  /**
   * Reads a file's text.
   *
   * @throws IllegalArgumentException if it is no calendar, or an event of it has no beginning
   */
  static CalendarBlackout parse(String text) {
    CalendarBlackout blackout = new CalendarBlackout(text);
    List<ICalendar> calendars = blackout.calendars(ZoneId.of("UTC"));
    if (calendars.isEmpty()) {
      throw new IllegalArgumentException("is no iCalendar file: it has no BEGIN:VCALENDAR");
    }
    for (ICalendar calendar : calendars) {
      for (VEvent event : calendar.getEvents()) {
        if (event.getDateStart() == null || event.getDateStart().getValue() == null) {
          throw new IllegalArgumentException(
              "has an event without a readable DTSTART: " + name(event));
        }
      }
    }
    return blackout;
  }

  private static String name(VEvent event) {
    return event.getSummary() == null ? "one without a SUMMARY" : event.getSummary().getValue();
  }

  /** Read each time: what the library makes is neither for several threads nor for two zones. */
  private List<ICalendar> calendars(ZoneId zone) {
    return Biweekly.parse(text).defaultTimezone(TimeZone.getTimeZone(zone)).all();
  }

  @Override
  public Optional<Instant> end(Instant instant, ZoneId zone) {
    return calendars(zone).stream()
        .flatMap(calendar -> ends(calendar, instant, zone))
        .max(Comparator.naturalOrder());
  }

  private static Stream<Instant> ends(ICalendar calendar, Instant instant, ZoneId zone) {
    Set<String> moved =
        calendar.getEvents().stream()
            .filter(event -> event.getRecurrenceId() != null)
            .map(event -> key(event, event.getRecurrenceId().getValue()))
            .collect(Collectors.toSet());
    return calendar.getEvents().stream()
        .filter(event -> event.getStatus() == null || !event.getStatus().isCancelled())
        .flatMap(event -> ends(calendar, event, moved, instant, zone));
  }

  private static String key(VEvent event, Date start) {
    return (event.getUid() == null ? "" : event.getUid().getValue()) + ' ' + start.getTime();
  }

  private static Stream<Instant> ends(
      ICalendar calendar, VEvent event, Set<String> moved, Instant instant, ZoneId zone) {
    if (!event.getDateStart().getValue().hasTime()) {
      return wholeDays(event, moved, instant, zone);
    }
    Duration length = length(event);
    DateIterator starts = event.getDateIterator(timeZone(calendar, event.getDateStart(), zone));
    starts.advanceTo(Date.from(instant.minus(length)));
    Stream.Builder<Instant> ends = Stream.builder();
    while (starts.hasNext()) {
      Date start = starts.next();
      if (start.toInstant().isAfter(instant)) {
        break;
      }
      Instant end = start.toInstant().plus(length);
      if (end.isAfter(instant) && !isReplaced(event, start, moved)) {
        ends.add(end);
      }
    }
    return ends.build();
  }

  /** The library reads days by the clock of this machine, whatever zone it is told. */
  private static Stream<Instant> wholeDays(
      VEvent event, Set<String> moved, Instant instant, ZoneId zone) {
    ZoneId here = ZoneId.systemDefault();
    LocalDate today = LocalDate.ofInstant(instant, zone);
    long days = Math.max(1, Math.round(length(event).toHours() / 24.0));
    DateIterator starts = event.getDateIterator(TimeZone.getTimeZone(here));
    starts.advanceTo(Date.from(today.minusDays(days).atStartOfDay(here).toInstant()));
    Stream.Builder<Instant> ends = Stream.builder();
    while (starts.hasNext()) {
      Date start = starts.next();
      LocalDate first = LocalDate.ofInstant(start.toInstant(), here);
      if (first.isAfter(today)) {
        break;
      }
      LocalDate end = first.plusDays(days);
      if (end.isAfter(today) && !isReplaced(event, start, moved)) {
        ends.add(end.atStartOfDay(zone).toInstant());
      }
    }
    return ends.build();
  }

  private static boolean isReplaced(VEvent event, Date start, Set<String> moved) {
    return event.getRecurrenceId() == null && moved.contains(key(event, start));
  }

  private static Duration length(VEvent event) {
    Date start = event.getDateStart().getValue();
    if (event.getDateEnd() != null && event.getDateEnd().getValue() != null) {
      return Duration.ofMillis(event.getDateEnd().getValue().getTime() - start.getTime());
    }
    if (event.getDuration() != null && event.getDuration().getValue() != null) {
      return Duration.ofMillis(event.getDuration().getValue().toMillis());
    }
    return event.getDateStart().getValue().hasTime() ? Duration.ZERO : Duration.ofDays(1);
  }

  private static TimeZone timeZone(
      ICalendar calendar, DateOrDateTimeProperty property, ZoneId zone) {
    @Nullable TimezoneAssignment own = calendar.getTimezoneInfo().getTimezone(property);
    return own == null || calendar.getTimezoneInfo().isFloating(property)
        ? TimeZone.getTimeZone(zone)
        : own.getTimeZone();
  }
}
