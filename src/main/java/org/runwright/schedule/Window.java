package org.runwright.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * When a run may begin: from one time of day to another, on the days named. A window whose end is
 * not after its beginning goes over midnight, and belongs to the day on which it begins; equal
 * times are a whole day.
 */
record Window(LocalTime from, LocalTime to, Set<DayOfWeek> days) {

  Window {
    days = Set.copyOf(days);
    if (days.isEmpty()) {
      throw new IllegalArgumentException("a window needs a day");
    }
  }

  /** When the window ends in which this instant lies; empty if it lies in none. */
  Optional<Instant> end(Instant instant, ZoneId zone) {
    ZonedDateTime local = instant.atZone(zone);
    // The one of the day before may not have ended yet.
    for (LocalDate day : new LocalDate[] {local.toLocalDate(), local.toLocalDate().minusDays(1)}) {
      Instant begin = day.atTime(from).atZone(zone).toInstant();
      LocalDate lastDay = to.isAfter(from) ? day : day.plusDays(1);
      Instant end = lastDay.atTime(to).atZone(zone).withLaterOffsetAtOverlap().toInstant();
      if (days.contains(day.getDayOfWeek()) && !instant.isBefore(begin) && instant.isBefore(end)) {
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }

  /** Whether something that usually takes so long may begin now. */
  Fit fit(Instant instant, ZoneId zone, Optional<Duration> usual) {
    Optional<Instant> end = end(instant, zone);
    if (end.isEmpty()) {
      return Fit.OUTSIDE;
    }
    boolean outlasts = usual.map(instant::plus).filter(end.get()::isBefore).isPresent();
    return outlasts ? Fit.TOO_LATE : Fit.INSIDE;
  }

  /** How an instant lies to a window. */
  enum Fit {
    INSIDE,
    OUTSIDE,
    /** Inside, but what begins now would usually outlast the window. */
    TOO_LATE
  }
}
