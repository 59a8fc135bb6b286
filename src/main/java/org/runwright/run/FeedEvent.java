package org.runwright.run;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened in a run.
 *
 * @param seq from 1, ascending within a run; a number is missing where output was left out later
 * @param stepId the step it concerns
 * @param body JSON for {@code RUN} and {@code STEP}; text for output, ending with a line's end
 *     unless it is the last of its stream
 * @param bytes of output: which bytes of its stream it is
 */
public record FeedEvent(
    String runId,
    long seq,
    Type type,
    Optional<String> stepId,
    String body,
    Instant at,
    Optional<Bytes> bytes) {

  /** What happened. */
  public enum Type {
    RUN,
    STEP,
    STDOUT,
    STDERR;

    public boolean isOutput() {
      return this == STDOUT || this == STDERR;
    }
  }

  /** A part of a stream as the host has it: {@code from} with, {@code to} without. */
  public record Bytes(long from, long to) {}
}
