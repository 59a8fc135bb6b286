package org.runwright.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The common axis on which steps lie side by side in time. */
record TimeAxis(Instant from, Instant to) {

  /** Distances between ticks, in milliseconds, that people read easily. */
  private static final long[] DISTANCES = {
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    500,
    1000,
    2000,
    5000,
    10_000,
    15_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    14_400_000,
    28_800_000,
    86_400_000
  };

  private static final int MOST_TICKS = 7;

  /**
   * A mark on the axis.
   *
   * @param style where it stands
   */
  record Tick(String style, String label) {}

  /** Where something lies that took so long; to the end of the axis if it has not ended. */
  String place(@Nullable Instant start, @Nullable Instant end) {
    if (start == null) {
      return "";
    }
    double left = share(start);
    double right = end == null ? 1 : share(end);
    return String.format(
        Locale.ROOT, "left:%.3f%%;width:%.3f%%", left * 100, Math.max(0, right - left) * 100);
  }

  List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    long distance = distance();
    for (long at = 0; at <= length(); at += distance) {
      ticks.add(
          new Tick(
              String.format(Locale.ROOT, "left:%.3f%%", 100.0 * at / length()),
              at == 0 ? "0" : label(at)));
    }
    return ticks;
  }

  private long distance() {
    for (long distance : DISTANCES) {
      if (length() / distance < MOST_TICKS) {
        return distance;
      }
    }
    long longest = DISTANCES[DISTANCES.length - 1];
    return longest * (length() / longest / MOST_TICKS + 1);
  }

  private static String label(long millis) {
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return millis / 1000 + (millis % 1000 == 0 ? "" : "." + millis % 1000 / 100) + " s";
    }
    return millis < 3_600_000
        ? millis / 60_000 + (millis % 60_000 == 0 ? "" : ":" + millis % 60_000 / 1000) + " min"
        : millis / 3_600_000
            + (millis % 3_600_000 == 0 ? "" : ":" + millis % 3_600_000 / 60_000)
            + " h";
  }

  private double share(Instant time) {
    double share = (double) Duration.between(from, time).toMillis() / length();
    return Math.min(1, Math.max(0, share));
  }

  private long length() {
    return Math.max(1, Duration.between(from, to).toMillis());
  }
}
