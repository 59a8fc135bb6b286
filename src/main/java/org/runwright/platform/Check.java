package org.runwright.platform;

import java.time.Duration;
import java.util.Optional;

/** One way to tell that a service is well, tried from the service's own host. */
public sealed interface Check {

  /** How long the check may take to hold after a start; empty: the service's start timeout. */
  Optional<Duration> within();

  /** A TCP connection to the port succeeds. */
  record Tcp(int port, Optional<Duration> within) implements Check {}

  /**
   * A GET answers with the status.
   *
   * @param url may hold {@code {host}}, the host's address
   */
  record Http(String url, int expect, Optional<Duration> within) implements Check {}

  /** A command exits with 0. */
  record Command(String command, Optional<Duration> within) implements Check {}
}
