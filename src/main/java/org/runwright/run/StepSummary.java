package org.runwright.run;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepSummary(
    String id,
    int seq,
    String element,
    String kind,
    String title,
    String host,
    @Nullable String service,
    @Nullable Integer level,
    StepState state,
    int attempt,
    @Nullable Boolean changed,
    @Nullable Integer exitCode,
    @Nullable String signal,
    @Nullable String message,
    Map<String, String> values,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String undoOf,
    boolean awaitsPerson) {

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
        step.awaitsPerson());
  }
}
