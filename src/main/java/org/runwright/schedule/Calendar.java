package org.runwright.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Blackouts under one name; any of them counts. */
record Calendar(String name, List<Blackout> blackouts) {

  Calendar {
    blackouts = List.copyOf(blackouts);
  }

  /** Whether nothing may begin now. */
  boolean forbids(Instant instant, ZoneId zone) {
    return blackouts.stream()
        .map(blackout -> blackout.end(instant, zone))
        .anyMatch(Optional::isPresent);
  }
}
