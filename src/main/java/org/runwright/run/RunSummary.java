package org.runwright.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run without its steps, as people and their tools see it, over REST and in the live feed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSummary(
    @Schema(description = "Sorts by the time of the request, to the second") String id,
    String runbook,
    String title,
    RunState state,
    @Schema(description = "As given, defaults filled in") Map<String, Object> inputs,
    @Nullable String reason,
    String requestedBy,
    Instant requestedAt,
    @Schema(description = "Absent while it is queued") @Nullable Instant startedAt,
    @Schema(description = "Absent until it has ended") @Nullable Instant endedAt,
    @Schema(description = "After this the run is cancelled and undone") Instant deadline,
    @Schema(description = "Why it does not move, for people; absent if it does")
        @Nullable String waitsFor,
    @Schema(description = "How it ended, or why it stands, for people") @Nullable String message,
    @Schema(description = "Who cancelled it; absent if nobody did") @Nullable String cancelledBy,
    @Schema(description = "Its instance in Cockpit; absent while it is queued")
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
