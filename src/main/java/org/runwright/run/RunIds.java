package org.runwright.run;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Ids of runs: the second of the request in UTC, for people, and enough chance to be unique. */
final class RunIds {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final SecureRandom CHANCE = new SecureRandom();

  private RunIds() {}

  static String next(Instant now) {
    return SECOND.format(now) + String.format("-%08x", CHANCE.nextInt());
  }
}
