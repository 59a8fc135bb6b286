package org.runwright.step;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Runs prepared steps on their hosts, each token at most once. No call waits for a step longer than
 * the patience. Thread-safe.
 */
public interface StepRunner {

  /**
   * Starts the step, or, where the token is claimed on the host already, only looks at it.
   *
   * @param token 1 to 64 of {@code a-z 0-9 -}
   * @param firstSent when this token was first sent to the host; empty if it never was. A host that
   *     was restarted since and does not know the token leaves the outcome unknown
   * @throws HostUnavailable if the host cannot be asked; a later call with the same token is right
   */
  StepProgress launch(
      String token, PreparedStep step, Optional<Instant> firstSent, Duration patience);

  /**
   * Looks at a step that was launched.
   *
   * @param firstSent when this token was first sent to the host, or a time before. Where the host
   *     does not know it, because the launch is still on its way or broke off before the claim, it
   *     is launched again; empty: it is not, because it is to be ended
   * @param outOffset bytes of standard output known already
   * @param errOffset bytes of standard error known already
   * @throws HostUnavailable if the host cannot be asked
   */
  StepProgress observe(
      String token, PreparedStep step, Optional<Instant> firstSent, long outOffset, long errOffset);

  /**
   * Ends the step's command with its whole process group and verifies that nothing is left. The
   * result is always present: how it stands afterwards, no output handed over.
   *
   * @throws HostUnavailable if the host cannot be asked
   */
  StepProgress end(String token, PreparedStep step, Duration grace);
}
