package org.runwright.step;

import org.runwright.platform.Platform;

/** One kind of step. Stateless and thread-safe. */
public interface StepKind {

  /** As in the journal and over REST, for example {@code start-service}. */
  String name();

  /**
   * Builds the remote call.
   *
   * @throws StepRefused if the request names an unknown host or service, or a parameter is wrong
   */
  PreparedStep prepare(StepRequest request, Platform platform);
}
