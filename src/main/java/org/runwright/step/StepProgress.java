package org.runwright.step;

import java.util.Optional;

/**
 * What one look at a step brought.
 *
 * @param outSkipped bytes of standard output left out before {@code out}, because more was left
 *     than is kept of a step; {@code out} may begin amid a line then
 * @param errSkipped the same of standard error
 * @param out new bytes of standard output, in order
 * @param err new bytes of standard error, in order
 * @param more whether the host has more output ready than one look brings
 * @param result present once the step ended and all of its output has been handed over
 */
public record StepProgress(
    long outSkipped,
    byte[] out,
    long errSkipped,
    byte[] err,
    boolean more,
    Optional<StepResult> result) {

  /** A look that left nothing out. */
  public StepProgress(byte[] out, byte[] err, Optional<StepResult> result) {
    this(0, out, 0, err, false, result);
  }
}
