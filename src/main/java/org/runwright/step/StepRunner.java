package org.runwright.step;

import java.time.Duration;

/**
 * Runs prepared steps on their hosts, each token at most once. No call waits for a step longer than
 * the patience. Thread-safe.
 */
public interface StepRunner {

  /**
   * Starts the step, or, where the token is claimed on the host already, only looks at it.
   *
   * @param token 1 to 64 of {@code a-z 0-9 -}
   * @throws HostUnavailable if the host cannot be asked; a later call with the same token is right
   */
  StepProgress launch(String token, PreparedStep step, Duration patience);

  /**
   * Looks at a step that was launched.
   *
   * @param outOffset bytes of standard output known already
   * @param errOffset bytes of standard error known already
   * @throws HostUnavailable if the host cannot be asked
   */
  StepProgress observe(String token, PreparedStep step, long outOffset, long errOffset);

  /**
   * Ends the step's command with its whole process group and verifies that nothing is left. The
   * result is always present: how it stands afterwards, no output handed over.
   *
   * @throws HostUnavailable if the host cannot be asked
   */
  StepProgress end(String token, PreparedStep step, Duration grace);
}
