package org.runwright.runbook;

import java.util.Set;

/** What a descriptor needs to know of the deployed processes; the engine tells. */
public interface Processes {

  /** Ids of the executable processes that are deployed. */
  Set<String> ids();

  /**
   * Whether the process asks for the approval that its descriptor rules (calls {@code approval}).
   */
  boolean asksForApproval(String processId);

  /**
   * The processes that this one calls by their fixed ids, directly or through others; not itself
   * unless it calls itself.
   */
  default Set<String> calledBy(String processId) {
    return Set.of();
  }

  /** Variables that processes set themselves, so that no input may have their names. */
  default Set<String> reservedVariables() {
    return Set.of();
  }
}
