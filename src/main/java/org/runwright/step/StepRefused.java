package org.runwright.step;

/**
 * A step cannot be built from what was asked; the message says what is wrong and what is allowed.
 */
public class StepRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StepRefused(String message) {
    super(message);
  }
}
