package org.runwright.approval;

import java.time.Instant;
import java.util.Optional;

/** What one person said about one run. */
public record Decision(
    String runId, String person, Verdict verdict, Optional<String> comment, Instant at) {

  /** Yes or no. */
  public enum Verdict {
    APPROVE,
    REJECT
  }
}
