package org.runwright.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * When a schedule's runs begin: its cron's times and a delay, but for what its window, its
 * blackouts and its first and last day forbid. Immutable and thread-safe.
 *
 * @param id of the schedule, from which the delay of each firing comes: the same on every server
 * @param jitter the longest delay
 * @param from nothing fires before
 * @param until nothing fires at or after
 */
record Timetable(
    String id,
    CronTimes cron,
    ZoneId zone,
    Optional<Window> window,
    List<Calendar> blackouts,
    Duration jitter,
    Optional<Instant> from,
    Optional<Instant> until) {

  /** A schedule whose every time is forbidden is looked at no further than this. */
  private static final int MOST_LOOKED_AT = 20_000;

  Timetable {
    blackouts = List.copyOf(blackouts);
  }

  /** Why a firing does not become a run. */
  record Refusal(Reason reason, String text) {}

  /** What forbids it. */
  enum Reason {
    WINDOW,
    BLACKOUT,
    ENDED
  }

  /** A firing: the cron's time, and when its run begins. */
  record Firing(Instant scheduled, Instant begins) {}

  /** The first times of the cron after an instant, forbidden or not. */
  Optional<Firing> next(Instant after) {
    Instant start = from.filter(after::isBefore).map(first -> first.minusNanos(1)).orElse(after);
    return cron.next(start, zone)
        .filter(time -> until.map(time::isBefore).orElse(true))
        .map(time -> new Firing(time, time.plus(delay(time))));
  }

  /**
   * Whether a run may begin.
   *
   * @param usual how long runs of its runbook take, where that is known
   */
  Optional<Refusal> refusal(Instant begin, Optional<Duration> usual) {
    if (until.filter(end -> !begin.isBefore(end)).isPresent()) {
      return Optional.of(new Refusal(Reason.ENDED, "the schedule ended at " + until.get()));
    }
    Optional<Calendar> blackout =
        blackouts.stream().filter(calendar -> calendar.forbids(begin, zone)).findFirst();
    if (blackout.isPresent()) {
      return Optional.of(new Refusal(Reason.BLACKOUT, "in the blackout " + blackout.get().name()));
    }
    return switch (window.map(w -> w.fit(begin, zone, usual)).orElse(Window.Fit.INSIDE)) {
      case INSIDE -> Optional.empty();
      case OUTSIDE -> Optional.of(new Refusal(Reason.WINDOW, "outside its window"));
      case TOO_LATE ->
          Optional.of(
              new Refusal(
                  Reason.WINDOW,
                  "it usually takes " + usual.orElseThrow() + ", longer than its window lasts"));
    };
  }

  /** The next firings that become runs, at most so many. */
  List<Firing> next(Instant after, int count, Optional<Duration> usual) {
    List<Firing> firings = new ArrayList<>();
    Optional<Firing> next = next(after);
    for (int i = 0; i < MOST_LOOKED_AT && next.isPresent() && firings.size() < count; i++) {
      next.filter(firing -> refusal(firing.begins(), usual).isEmpty()).ifPresent(firings::add);
      next = next(next.get().scheduled());
    }
    return firings;
  }

  /** From zero to the jitter, spread evenly, and always the same of one firing. */
  private Duration delay(Instant time) {
    if (jitter.isZero()) {
      return Duration.ZERO;
    }
    CRC32 hash = new CRC32();
    hash.update((id + ' ' + time).getBytes(StandardCharsets.UTF_8));
    return Duration.ofMillis((hash.getValue() * 2654435761L >>> 8) % (jitter.toMillis() + 1));
  }
}
