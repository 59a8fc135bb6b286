package org.runwright.platform;

/** A text that does not follow its grammar; the message says what is wrong and what is allowed. */
final class Malformed extends Exception {

  private static final long serialVersionUID = 1L;

  Malformed(String message) {
    super(message);
  }
}
