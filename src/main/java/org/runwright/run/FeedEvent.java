package org.runwright.run;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened in a run.
 *
 * @param seq from 1, without gaps within a run
 * @param stepId the step it concerns
 * @param body JSON for {@code RUN} and {@code STEP}; text for output, ending with a line's end
 *     unless it is the last of its stream
 */
public record FeedEvent(
    String runId, long seq, Type type, Optional<String> stepId, String body, Instant at) {

  /** What happened. */
  public enum Type {
    RUN,
    STEP,
    STDOUT,
    STDERR
  }
}
