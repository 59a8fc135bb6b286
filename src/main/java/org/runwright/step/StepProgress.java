package org.runwright.step;

import java.util.Optional;

/**
 * What one look at a step brought.
 *
 * @param out new bytes of standard output, in order
 * @param err new bytes of standard error, in order
 * @param result present once the step ended and all of its output has been handed over
 */
public record StepProgress(byte[] out, byte[] err, Optional<StepResult> result) {}
