package org.runwright.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** Times in which nothing may begin. Thread-safe. */
interface Blackout {

  /**
   * Until when nothing may begin; empty if this instant is free.
   *
   * @param zone what times of day and dates mean that name no zone
   */
  Optional<Instant> end(Instant instant, ZoneId zone);

  /** Whole days, both included. */
  record Days(LocalDate first, LocalDate last) implements Blackout {

    public Days {
      if (last.isBefore(first)) {
        throw new IllegalArgumentException("ends on " + last + ", before it begins on " + first);
      }
    }

    @Override
    public Optional<Instant> end(Instant instant, ZoneId zone) {
      LocalDate day = LocalDate.ofInstant(instant, zone);
      return day.isBefore(first) || day.isAfter(last)
          ? Optional.empty()
          : Optional.of(last.plusDays(1).atStartOfDay(zone).toInstant());
    }
  }

  /** The same hours every week. */
  record Weekly(Window hours) implements Blackout {

    @Override
    public Optional<Instant> end(Instant instant, ZoneId zone) {
      return hours.end(instant, zone);
    }
  }
}
