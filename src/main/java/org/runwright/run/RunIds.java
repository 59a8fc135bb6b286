package org.runwright.run;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;

/**
 * Ids of runs: the second of the request in UTC, for people; its millisecond, so that ids sort by
 * time and lists need no other order; and enough chance to be unique.
 */
final class RunIds {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final SecureRandom CHANCE = new SecureRandom();

  private RunIds() {}

  /** Below the id of every run asked for in this second or later, above all earlier ones. */
  static String lowest(Instant time) {
    return SECOND.format(time);
  }

  /** Above the id of every run asked for in this second or earlier, below all later ones. */
  static String highest(Instant time) {
    return SECOND.format(time) + "-g";
  }

  static String next(Instant now) {
    int millisecond = now.get(ChronoField.MILLI_OF_SECOND);
    return SECOND.format(now) + String.format("-%03x%07x", millisecond, CHANCE.nextInt() >>> 4);
  }
}
