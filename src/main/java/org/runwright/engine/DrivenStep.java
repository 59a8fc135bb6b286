package org.runwright.engine;

import java.time.Duration;
import java.util.Optional;
import org.runwright.run.StepClaim;

/** A step that this server drives, look by look. Used by one thread at a time. */
interface DrivenStep {

  StepClaim claim();

  /**
   * Takes one look at the host, or begins.
   *
   * @return the pause until the next look; empty once the step is done with
   * @throws org.runwright.run.LeaseLost if the step is driven elsewhere
   */
  Optional<Duration> look();
}
