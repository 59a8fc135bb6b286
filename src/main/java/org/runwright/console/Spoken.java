package org.runwright.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times, durations and texts as pages show them. Times are UTC. */
final class Spoken {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final Pattern RUN_ID = Pattern.compile("\\b\\d{8}-\\d{6}-[0-9a-f]{8,10}\\b");
  private static final long MINUTE = 60_000;

  private Spoken() {}

  /**
   * A piece of a text.
   *
   * @param run the id that it is, if it is the id of a run
   */
  record Part(String text, @Nullable String run) {}

  static String time(@Nullable Instant time) {
    return time == null ? "" : SECOND.format(time);
  }

  static String clock(@Nullable Instant time) {
    return time == null ? "" : CLOCK.format(time);
  }

  static String duration(@Nullable Instant from, @Nullable Instant to) {
    return from == null || to == null ? "" : duration(Duration.between(from, to));
  }

  /** Two units at most, such as {@code 1 h 02 min}. */
  static String duration(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < MINUTE) {
      return "%d.%d s".formatted(millis / 1000, millis % 1000 / 100);
    }
    long minutes = millis / MINUTE;
    if (minutes < 60) {
      return "%d min %02d s".formatted(minutes, millis % MINUTE / 1000);
    }
    long hours = minutes / 60;
    return hours < 48
        ? "%d h %02d min".formatted(hours, minutes % 60)
        : "%d d %02d h".formatted(hours / 24, hours % 24);
  }

  /** The text in pieces, so that ids of runs can be made links. */
  static List<Part> linked(@Nullable String text) {
    List<Part> parts = new ArrayList<>();
    if (text == null) {
      return parts;
    }
    Matcher ids = RUN_ID.matcher(text);
    int end = 0;
    while (ids.find()) {
      parts.add(new Part(text.substring(end, ids.start()), null));
      parts.add(new Part(ids.group(), ids.group()));
      end = ids.end();
    }
    parts.add(new Part(text.substring(end), null));
    return parts;
  }
}
