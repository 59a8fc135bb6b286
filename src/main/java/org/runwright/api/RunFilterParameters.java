package org.runwright.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.runwright.run.RunFilter;
import org.runwright.run.RunState;

/** Which runs a list is to hold, as it stands in the query of its address. */
record RunFilterParameters(
    @Parameter(description = "Only runs of this runbook") @Nullable String runbook,
    @Parameter(
            description = "Only runs in this state",
            schema = @Schema(implementation = RunState.class))
        @Nullable String state,
    @Parameter(description = "Only runs that this person asked for") @Nullable String requestedBy,
    @Parameter(
            description = "Only runs asked for at this time or later",
            example = "2026-03-01T00:00:00Z")
        @Nullable String since,
    @Parameter(
            description = "Only runs asked for before this time",
            example = "2026-04-01T00:00:00Z")
        @Nullable String until,
    @Parameter(description = "Only runs with a step on this host") @Nullable String host,
    @Parameter(description = "Only runs with a step that acts on this service")
        @Nullable String service,
    @Parameter(
            description =
                "Words that all stand in its runbook, title, reason, message, requester, hosts or"
                    + " services. Whole words, in upper or lower case")
        @Nullable String q) {

  /**
   * @throws InvalidRequest if a parameter says what cannot be
   */
  RunFilter filter() {
    Optional<RunState> wanted = Optional.ofNullable(state).map(RunFilterParameters::state);
    return new RunFilter(
        Texts.optional("runbook", runbook),
        wanted.map(Set::of).orElse(Set.of()),
        Texts.optional("requestedBy", requestedBy),
        time("since", since),
        time("until", until),
        Texts.optional("host", host),
        Texts.optional("service", service),
        Texts.optional("q", q));
  }

  private static Optional<Instant> time(String field, @Nullable String text) {
    try {
      return Texts.optional(field, text).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    } catch (DateTimeException e) {
      throw new InvalidRequest(
          field, "is not a time with its offset, such as 2026-03-01T00:00:00Z");
    }
  }

  private static RunState state(String name) {
    return Arrays.stream(RunState.values())
        .filter(state -> state.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequest(
                    "state",
                    "is none of "
                        + Arrays.stream(RunState.values())
                            .map(Enum::name)
                            .collect(Collectors.joining(", "))));
  }
}
