package org.runwright.monitor;

import java.time.Instant;

/**
 * The state of a service on a host as last seen.
 *
 * @param message what was found
 */
public record ServiceSeen(String service, String host, State state, String message, Instant at) {

  /** What is known. */
  public enum State {
    /** It runs and its checks hold. */
    WELL,
    /** It does not run, or a check does not hold. */
    UNWELL,
    /** It was started, and not looked at since. */
    STARTED,
    STOPPED,
    UNKNOWN
  }
}
