package org.runwright.run;

/** A request that is understood but not carried out; the message says why. */
public class RunRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of refusal, as HTTP tells them apart. */
  public enum Cause {
    NOT_FOUND,
    CONFLICT,
    INVALID,
    /** This server takes nothing new; another one does, or this one after its next start. */
    DRAINING
  }

  private final Cause kind;

  public RunRefused(Cause kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Cause kind() {
    return kind;
  }
}
