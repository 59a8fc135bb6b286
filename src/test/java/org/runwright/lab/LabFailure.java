package org.runwright.lab;

/** The lab could not do what was asked of it; the message says what went wrong. */
public class LabFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LabFailure(String message) {
    super(message);
  }

  LabFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
