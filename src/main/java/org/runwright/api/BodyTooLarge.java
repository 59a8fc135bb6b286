package org.runwright.api;

import java.io.IOException;

/** A request body that goes on beyond what is allowed. */
class BodyTooLarge extends IOException {

  private static final long serialVersionUID = 1L;

  BodyTooLarge(int limit) {
    super("the body is longer than %d bytes, which is the most that is taken".formatted(limit));
  }
}
