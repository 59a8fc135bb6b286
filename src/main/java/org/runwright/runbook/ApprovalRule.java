package org.runwright.runbook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who must allow a run before it touches anything.
 *
 * @param when a JUEL expression over the inputs and the inventory's variables; empty: always
 * @param groups whose members may decide
 * @param quorum how many different people must approve
 * @param fourEyes whether the person who asked for the run is kept from deciding
 * @param timeout how long a run waits for its approval
 * @param onTimeout what becomes of it then
 */
public record ApprovalRule(
    Optional<String> when,
    List<String> groups,
    int quorum,
    boolean fourEyes,
    Duration timeout,
    OnTimeout onTimeout) {

  /** What becomes of a run that nobody decided about. */
  public enum OnTimeout {
    REJECT,
    APPROVE
  }
}
