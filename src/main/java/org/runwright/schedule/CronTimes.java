package org.runwright.schedule;

import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TimeZone;
import org.quartz.CronExpression;

/**
 * When a cron expression fires: Quartz's with six or seven fields, Unix's with five.
 *
 * <p>Where clocks are put forward or back, times are kept as Vixie's cron(8) keeps them. A time of
 * day that is left out fires as much later as was left out; one that comes twice fires the first
 * time. What fires every hour, or every so many, goes by the time that passes. Immutable and
 * thread-safe.
 */
final class CronTimes {

  /** Longer than any two instants of one local time are apart. */
  private static final int FOLD_HOURS = 3;

  private static final int HOURS = 2;

  private final String text;
  private final List<String> expressions;
  private final boolean hourly;

  private CronTimes(String text, List<String> expressions, boolean hourly) {
    this.text = text;
    this.expressions = expressions;
    this.hourly = hourly;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is none; the message says what is wrong
   */
  static CronTimes parse(String text) {
    List<String> fields = List.of(text.strip().split("\\s+"));
    List<String> expressions =
        switch (fields.size()) {
          case 5 -> UnixCron.toQuartz(fields);
          case 6, 7 -> List.of(String.join(" ", fields));
          default ->
              throw new IllegalArgumentException(
                  "has "
                      + fields.size()
                      + " fields; Unix's cron has five (minute first), Quartz's six or seven (second first)");
        };
    expressions.forEach(CronTimes::quartz);
    String hours = fields.size() == 5 ? fields.get(1) : fields.get(HOURS);
    return new CronTimes(text, expressions, hours.startsWith("*"));
  }

  /** The first time after an instant; empty if there is none. */
  Optional<Instant> next(Instant after, ZoneId zone) {
    return expressions.stream()
        .map(CronTimes::quartz)
        .flatMap(cron -> next(cron, after, zone).stream())
        .min(Comparator.naturalOrder());
  }

  /** The first times after an instant, at most so many. */
  List<Instant> next(Instant after, ZoneId zone, int count) {
    List<Instant> times = new ArrayList<>();
    Optional<Instant> next = next(after, zone);
    while (next.isPresent() && times.size() < count) {
      times.add(next.get());
      next = next(next.get(), zone);
    }
    return times;
  }

  private Optional<Instant> next(CronExpression cron, Instant after, ZoneId zone) {
    try {
      return hourly ? byOffset(cron, after, zone) : byTimeOfDay(cron, after, zone);
    } catch (DateTimeException e) {
      return Optional.empty(); // beyond the years that a clock can show
    }
  }

  private static Optional<Instant> byTimeOfDay(CronExpression cron, Instant after, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(after, zone).minusHours(FOLD_HOURS);
    while (true) {
      Optional<LocalDateTime> next = naive(cron, local);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      // Of a time that comes twice the first; one that is left out is as much later.
      Instant instant = next.get().atZone(zone).toInstant();
      if (instant.isAfter(after)) {
        return Optional.of(instant);
      }
      local = next.get();
    }
  }

  private static Optional<Instant> byOffset(CronExpression cron, Instant after, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(after, zone);
    ZoneOffset offset = zone.getRules().getOffset(after);
    ZoneOffsetTransition change = zone.getRules().nextTransition(after);
    while (true) {
      Optional<LocalDateTime> time = naive(cron, local);
      if (time.isEmpty()) {
        return Optional.empty();
      }
      Instant next = time.get().toInstant(offset);
      if (change == null || next.isBefore(change.getInstant())) {
        return Optional.of(next);
      }
      local = change.getDateTimeAfter().minusSeconds(1);
      offset = change.getOffsetAfter();
      change = zone.getRules().nextTransition(change.getInstant());
    }
  }

  /** By a clock that is never put forward or back. */
  private static Optional<LocalDateTime> naive(CronExpression cron, LocalDateTime after) {
    Date next = cron.getNextValidTimeAfter(Date.from(after.toInstant(ZoneOffset.UTC)));
    return Optional.ofNullable(next)
        .map(date -> LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC));
  }

  private static CronExpression quartz(String expression) {
    try {
      CronExpression cron = new CronExpression(expression);
      cron.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
      return cron;
    } catch (ParseException e) {
      throw new IllegalArgumentException(
          Objects.requireNonNullElse(e.getMessage(), "is no cron expression"), e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
