package org.runwright.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step as people and their tools see it, over REST and in the live feed.
 *
 * @param id names the step in the REST interface
 * @param level steps of one level may run side by side
 * @param changed whether it altered anything; absent while or if that is unknown
 * @param undoOf the step whose change this one takes back
 * @param awaitsPerson whether the run stands until a person retries or skips it
 * @param node the server that drove it last
 * @param outLeftOut bytes of its standard output that are not kept; absent if all is
 * @param errLeftOut the same of standard error
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepSummary(
    @Schema(description = "Names the step in other calls") String id,
    @Schema(description = "Its place in the journal of the run, from 1") int seq,
    @Schema(description = "Id of the BPMN element") String element,
    String kind,
    String title,
    String host,
    @Nullable String service,
    @Schema(description = "Steps of one level may run side by side; from 0")
        @Nullable Integer level,
    StepState state,
    @Schema(description = "From 1") int attempt,
    @Schema(description = "Whether it altered anything; absent while or if that is unknown")
        @Nullable Boolean changed,
    @Schema(description = "Of its command; absent if a signal ended it") @Nullable Integer exitCode,
    @Schema(description = "That ended its command, such as KILL") @Nullable String signal,
    @Schema(description = "For people") @Nullable String message,
    @Schema(description = "What it reported, such as well=false") Map<String, String> values,
    @Schema(description = "When it was sent to its host") @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Schema(description = "The step whose change this one takes back") @Nullable String undoOf,
    @Schema(description = "Whether the run stands until a person retries or skips it")
        boolean awaitsPerson,
    @Schema(description = "The server that drove it last") @Nullable String node,
    @Schema(
            description =
                "Bytes of the middle of its standard output that were left out, as it wrote more than"
                    + " is kept")
        @Nullable Long outLeftOut,
    @Schema(description = "The same of standard error") @Nullable Long errLeftOut) {

  public static StepSummary of(Step step) {
    return new StepSummary(
        step.id(),
        step.seq(),
        step.element(),
        step.prepared().kind(),
        step.prepared().title(),
        step.prepared().host(),
        step.prepared().service().orElse(null),
        step.level().orElse(null),
        step.state(),
        step.attempt(),
        step.changed().orElse(null),
        step.exitCode().orElse(null),
        step.signal().orElse(null),
        step.message().orElse(null),
        step.values(),
        step.startedAt().orElse(null),
        step.endedAt().orElse(null),
        step.undoOf().orElse(null),
        step.awaitsPerson(),
        step.node().orElse(null),
        counted(step.outLeftOut()),
        counted(step.errLeftOut()));
  }

  static @Nullable Long counted(long bytes) {
    return bytes == 0 ? null : bytes;
  }
}
