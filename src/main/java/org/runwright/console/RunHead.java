package org.runwright.console;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.runwright.run.Run;

/**
 * What there is to say of a run as a whole.
 *
 * @param took from the request to the end, or to now
 * @param inputs as given, in the order of their names; the reason is told once
 * @param locks that it needs, and holds while it runs
 * @param cockpit where its process is drawn; empty if the engine does not have it any more
 */
record RunHead(
    String id,
    String title,
    String runbook,
    Badge badge,
    boolean ended,
    String requestedBy,
    String reason,
    String requestedAt,
    String startedAt,
    String endedAt,
    String took,
    String deadline,
    List<Spoken.Part> waitsFor,
    List<Spoken.Part> message,
    String cancelledBy,
    List<Given> inputs,
    String locks,
    String cockpit) {

  /** An input and its value. */
  record Given(String name, String value) {}

  static RunHead of(Run run, Instant now) {
    return new RunHead(
        run.id(),
        run.title(),
        run.runbook(),
        Badge.of(run.state()),
        run.state().ended(),
        run.requestedBy(),
        run.reason().orElse(""),
        Spoken.time(run.requestedAt()),
        Spoken.time(run.startedAt().orElse(null)),
        Spoken.time(run.endedAt().orElse(null)),
        Spoken.duration(run.requestedAt(), run.endedAt().orElse(now)),
        Spoken.time(run.deadline()),
        Spoken.linked(run.waitsFor().orElse(null)),
        Spoken.linked(run.message().orElse(null)),
        run.cancelledBy().orElse(""),
        inputs(run),
        String.join(", ", run.locks()),
        run.state().ended()
            ? ""
            : run.processInstance()
                .map(id -> "/camunda/app/cockpit/default/#/process-instance/" + id + "/runtime")
                .orElse(""));
  }

  private static List<Given> inputs(Run run) {
    return run.inputs().entrySet().stream()
        .filter(input -> !input.getValue().equals(run.reason().orElse("")))
        .sorted(Map.Entry.comparingByKey())
        .map(input -> new Given(input.getKey(), value(input.getValue())))
        .toList();
  }

  private static String value(Object value) {
    return value instanceof Collection<?> many
        ? many.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : String.valueOf(value);
  }
}
