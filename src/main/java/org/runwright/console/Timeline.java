package org.runwright.console;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.runwright.run.Run;
import org.runwright.run.StepGroup;
import org.runwright.run.StepPages;
import org.runwright.run.StepState;
import org.runwright.run.StepSummary;
import org.springframework.stereotype.Component;

/**
 * Lays the steps of a run side by side in time: a short run as it is, a long one in groups, of
 * which one at a time is opened page by page. Thread-safe.
 */
@Component
class Timeline {

  /** A run of so many steps is shown whole. */
  static final int WHOLE = 60;

  static final int PAGE = 50;

  /** Of a group that needs a look and that nobody opened, so many steps are shown. */
  private static final int GLANCE = 10;

  private static final int MOST_GLANCES = 5;

  private final StepPages steps;
  private final Clock clock;

  Timeline(StepPages steps, Clock clock) {
    this.steps = steps;
    this.clock = clock;
  }

  /**
   * What a page shows.
   *
   * @param grouped whether the steps are in groups; else there is one that holds all rows
   * @param summary how many steps are in which state
   */
  record View(
      int steps,
      String summary,
      boolean grouped,
      List<TimeAxis.Tick> ticks,
      List<GroupRow> groups) {}

  /** What a person opened: the first number of a group, and the page of its steps from 1. */
  record Opened(int first, int page) {

    static Opened of(Optional<Integer> open, Optional<Integer> page) {
      return new Opened(open.orElse(0), Math.max(1, page.orElse(1)));
    }
  }

  View of(Run run, Opened opened) {
    Instant now = clock.instant();
    List<StepGroup> groups = steps.groups(run.id());
    TimeAxis axis = axis(run, groups, now);
    int count = groups.stream().mapToInt(StepGroup::size).sum();
    boolean grouped = count > WHOLE;
    return new View(
        count,
        summary(groups),
        grouped,
        axis.ticks(),
        grouped
            ? new Reading(run.id(), axis, now).groups(groups, opened)
            : List.of(new Reading(run.id(), axis, now).whole()));
  }

  private static TimeAxis axis(Run run, List<StepGroup> groups, Instant now) {
    Instant from =
        groups.stream()
            .flatMap(group -> group.startedAt().stream())
            .min(Comparator.naturalOrder())
            .orElse(run.requestedAt());
    boolean moves =
        !run.state().ended() || groups.stream().anyMatch(group -> group.in(StepState.RUNNING) > 0);
    Instant to =
        moves
            ? now
            : groups.stream()
                .flatMap(group -> group.endedAt().stream())
                .max(Comparator.naturalOrder())
                .orElse(now);
    return new TimeAxis(from, to.isAfter(from) ? to : from.plusMillis(1));
  }

  private static String summary(List<StepGroup> groups) {
    Map<StepState, Integer> counts = new TreeMap<>();
    groups.forEach(group -> group.steps().forEach((s, n) -> counts.merge(s, n, Integer::sum)));
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + Badge.of(entry.getKey()).word())
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
  }

  /** Reads the rows of one run at one moment. */
  private final class Reading {

    private final String runId;
    private final TimeAxis axis;
    private final Instant now;
    private int glances;

    Reading(String runId, TimeAxis axis, Instant now) {
      this.runId = runId;
      this.axis = axis;
      this.now = now;
    }

    GroupRow whole() {
      List<StepRow> rows = rows(steps.first(runId, WHOLE));
      return new GroupRow(0, "", false, rows.size(), List.of(), "", "", "", rows, true, 1, 1);
    }

    List<GroupRow> groups(List<StepGroup> groups, Opened opened) {
      return groups.stream().map(group -> group(group, opened)).toList();
    }

    private GroupRow group(StepGroup group, Opened opened) {
      boolean open = group.first() == opened.first();
      int pages = (group.size() + PAGE - 1) / PAGE;
      int page = open ? Math.min(opened.page(), pages) : 1;
      List<StepSummary> shown = List.of();
      if (open) {
        shown = steps.of(runId, group, (page - 1) * PAGE, PAGE);
      } else if (GroupRow.needsALook(group) && glances < MOST_GLANCES) {
        glances++;
        shown = steps.of(runId, group, 0, GLANCE).stream().filter(Reading::urgent).toList();
      }
      boolean moves = group.in(StepState.RUNNING) > 0;
      Instant end = moves ? null : group.endedAt().orElse(null);
      return new GroupRow(
          group.first(),
          GroupRow.title(group),
          group.undo(),
          group.size(),
          GroupRow.counts(group),
          GroupRow.note(group),
          Spoken.duration(group.startedAt().orElse(null), end == null ? now : end),
          axis.place(group.startedAt().orElse(null), end),
          rows(shown),
          open,
          page,
          pages);
    }

    private static boolean urgent(StepSummary step) {
      return step.awaitsPerson()
          || step.state() == StepState.FAILED
          || step.state() == StepState.UNKNOWN;
    }

    private List<StepRow> rows(List<StepSummary> shown) {
      return shown.stream().map(step -> StepRow.of(step, axis, now)).toList();
    }
  }
}
