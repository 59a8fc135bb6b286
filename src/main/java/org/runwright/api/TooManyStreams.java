package org.runwright.api;

import java.time.Duration;

/** No more live streams are opened for now. */
class TooManyStreams extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  TooManyStreams(int limit, Duration retryAfter) {
    super(
        "%d streams of events are open, which is the most (runwright.api.max-streams); try again in %d s"
            .formatted(limit, retryAfter.toSeconds()));
    this.retryAfter = retryAfter;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
