package org.runwright.console;

import java.time.Instant;
import java.util.List;
import org.runwright.run.Run;

/**
 * A run as one row of a list.
 *
 * @param took from the request to the end, or to now
 */
record RunRow(
    String id,
    String title,
    String runbook,
    Badge badge,
    boolean ended,
    String requestedBy,
    String reason,
    String requestedAt,
    String took,
    List<Spoken.Part> waitsFor,
    String message) {

  static RunRow of(Run run, Instant now) {
    return new RunRow(
        run.id(),
        run.title(),
        run.runbook(),
        Badge.of(run.state()),
        run.state().ended(),
        run.requestedBy(),
        run.reason().orElse(""),
        Spoken.time(run.requestedAt()),
        Spoken.duration(run.requestedAt(), run.endedAt().orElse(now)),
        run.waitsFor().map(Spoken::linked).orElse(List.of()),
        run.message().orElse(""));
  }
}
