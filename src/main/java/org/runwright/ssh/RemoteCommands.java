package org.runwright.ssh;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.runwright.platform.Host;

/**
 * Runs commands on hosts, each token at most once. Every call is bounded in time; none waits for a
 * command longer than it is told. Thread-safe.
 */
public interface RemoteCommands {

  /**
   * Starts the command under the token, or, where the token is claimed already, only looks. Returns
   * as soon as the command ended, at the latest after the patience.
   *
   * @param firstSent when the token was first sent to the host, so that a host that was restarted
   *     since, and may have lost the claim, says {@code Lost}; empty if it never was
   * @throws SshFailure if the host did not answer; the command may run, and a call with the same
   *     token is always right
   */
  Observation launch(
      Host host,
      Token token,
      RemoteCommand command,
      Optional<Instant> firstSent,
      Duration patience);

  /**
   * Looks at a token: where it stands and what it printed after the offsets.
   *
   * @param last where more than so many bytes of a stream are left, only these are told; zero: all
   * @throws SshFailure if the host did not answer
   */
  Observation observe(Host host, Token token, Offsets from, Offsets last);

  /** Looks at a token and leaves nothing out. */
  default Observation observe(Host host, Token token, Offsets from) {
    return observe(host, token, from, Offsets.START);
  }

  /**
   * Ends the command and everything in its process group: TERM, after the grace KILL, and verifies
   * that nothing of it is left. A token that has not begun never will.
   *
   * @return where it stands afterwards, never {@code Running} unless its processes resist KILL
   * @throws SshFailure if the host did not answer
   */
  Observation end(Host host, Token token, boolean become, Duration grace);
}
