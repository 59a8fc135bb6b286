package org.runwright.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run without its steps, as people and their tools see it, over REST and in the live feed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSummary(
    String id,
    String runbook,
    String title,
    RunState state,
    Map<String, Object> inputs,
    @Nullable String reason,
    String requestedBy,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    Instant deadline,
    @Nullable String waitsFor,
    @Nullable String message,
    @Nullable String cancelledBy,
    @Nullable String processInstance) {

  public static RunSummary of(Run run) {
    return new RunSummary(
        run.id(),
        run.runbook(),
        run.title(),
        run.state(),
        run.inputs(),
        run.reason().orElse(null),
        run.requestedBy(),
        run.requestedAt(),
        run.startedAt().orElse(null),
        run.endedAt().orElse(null),
        run.deadline(),
        run.waitsFor().orElse(null),
        run.message().orElse(null),
        run.cancelledBy().orElse(null),
        run.processInstance().orElse(null));
  }
}
