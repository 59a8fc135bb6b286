package org.runwright.step;

import java.util.Map;
import java.util.Optional;

/**
 * How a step ended.
 *
 * @param changed whether it altered anything on the host; empty if that cannot be known
 * @param exitCode of the command; empty if a signal ended it or nobody can know
 * @param signal that ended the command, for example {@code KILL}
 * @param message one line for people: why it failed, or what it found
 * @param values what the command reported of itself, for example {@code well=false}
 */
public record StepResult(
    Verdict verdict,
    Optional<Boolean> changed,
    Optional<Integer> exitCode,
    Optional<String> signal,
    String message,
    Map<String, String> values) {

  /** The outcome in one word. */
  public enum Verdict {
    SUCCEEDED,
    FAILED,
    /** It began and nobody can know how it ended. */
    UNKNOWN,
    /** It failed before it began, so that trying again is always safe. */
    NEVER_BEGAN
  }
}
