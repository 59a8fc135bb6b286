package org.runwright.console;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.runwright.run.StepSummary;

/**
 * A step as one row of the timeline.
 *
 * @param title without the host, which has a column of its own
 * @param changed whether it altered anything, in words
 * @param exit what its command left, in words
 * @param bar where its bar lies, as a style; empty if it has not begun
 */
record StepRow(
    String id,
    int seq,
    String title,
    String host,
    Badge badge,
    boolean undo,
    boolean awaitsPerson,
    int attempt,
    String changed,
    String exit,
    String message,
    String when,
    String took,
    String bar) {

  static StepRow of(StepSummary step, TimeAxis axis, Instant now) {
    Instant end = step.endedAt();
    return new StepRow(
        step.id(),
        step.seq(),
        withoutHost(step.title(), step.host()),
        step.host(),
        Badge.of(step.state()),
        step.undoOf() != null,
        step.awaitsPerson(),
        step.attempt(),
        changed(step.changed()),
        exit(step),
        step.message() == null ? "" : step.message(),
        Spoken.clock(step.startedAt()),
        Spoken.duration(step.startedAt(), end == null ? now : end),
        axis.place(step.startedAt(), end));
  }

  static String withoutHost(String title, String host) {
    String end = " on " + host;
    return title.endsWith(end) ? title.substring(0, title.length() - end.length()) : title;
  }

  private static String changed(@Nullable Boolean changed) {
    if (changed == null) {
      return "";
    }
    return changed ? "changed" : "unchanged";
  }

  private static String exit(StepSummary step) {
    if (step.signal() != null) {
      return "signal " + step.signal();
    }
    return step.exitCode() == null ? "" : "exit " + step.exitCode();
  }
}
