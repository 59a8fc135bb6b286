package org.runwright.access;

import java.util.Locale;

/** The four groups of people. What each may do is told in docs/access.md. */
public enum Group {
  /** Sees everything but secrets. */
  VIEWER,
  /** Runs, cancels, retries. */
  OPERATOR,
  /** Decides about approvals. */
  APPROVER,
  /** Everything. */
  ADMIN;

  /** The group's id in Camunda and in descriptors. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
