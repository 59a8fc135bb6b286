package org.runwright.run;

/** The life of a step. Drawn in docs/states.md. */
public enum StepState {
  /** In the journal, not yet sent to its host. */
  PENDING,
  RUNNING,
  SUCCEEDED,
  FAILED,
  /** It began on the host and nobody can know how it ended. */
  UNKNOWN,
  CANCELLED,
  /** A person let the run go on without it. */
  SKIPPED;

  public boolean ended() {
    return this != PENDING && this != RUNNING;
  }
}
