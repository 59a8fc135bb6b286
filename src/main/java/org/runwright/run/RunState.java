package org.runwright.run;

import java.util.EnumSet;
import java.util.Set;

/** The life of a run. Drawn in docs/states.md. */
public enum RunState {
  /** Accepted; waits for its locks. */
  QUEUED,
  /** Waits for people to allow it. */
  AWAITING_APPROVAL,
  RUNNING,
  /** Waits for a person because a step failed or its outcome is unknown. */
  SUSPENDED,
  /** What it changed is being undone. */
  COMPENSATING,
  SUCCEEDED,
  /** It failed or was cancelled, and everything it had changed is undone. */
  COMPENSATED,
  /** It failed and was not undone, or the undo failed. */
  FAILED,
  /** Not allowed by those who were asked. */
  REJECTED,
  /** Cancelled with nothing to undo, or by the wish of who cancelled left as it was. */
  CANCELLED;

  private static final Set<RunState> ENDS =
      EnumSet.of(SUCCEEDED, COMPENSATED, FAILED, REJECTED, CANCELLED);

  /** Whether nothing follows. */
  public boolean ended() {
    return ENDS.contains(this);
  }

  /** The states that may follow this one; all the legality there is. */
  public Set<RunState> next() {
    return switch (this) {
      case QUEUED -> EnumSet.of(AWAITING_APPROVAL, RUNNING, CANCELLED, FAILED);
      case AWAITING_APPROVAL -> EnumSet.of(RUNNING, COMPENSATING, REJECTED, CANCELLED, FAILED);
      case RUNNING ->
          EnumSet.of(
              AWAITING_APPROVAL,
              SUSPENDED,
              COMPENSATING,
              SUCCEEDED,
              COMPENSATED,
              FAILED,
              REJECTED,
              CANCELLED);
      case SUSPENDED -> EnumSet.of(RUNNING, COMPENSATING, FAILED, CANCELLED);
      case COMPENSATING -> EnumSet.of(COMPENSATED, FAILED, CANCELLED);
      case SUCCEEDED, COMPENSATED, FAILED, REJECTED, CANCELLED -> EnumSet.noneOf(RunState.class);
    };
  }
}
