package org.runwright.approval;

/** This person may not decide about this run, or not any more; the message says why. */
public class ApprovalRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean forbidden;

  ApprovalRefused(String message, boolean forbidden) {
    super(message);
    this.forbidden = forbidden;
  }

  /** Whether the person may not decide at all; else the decision comes too late or is malformed. */
  public boolean forbidden() {
    return forbidden;
  }
}
