package org.runwright.run;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs are wanted. What is empty does not narrow; the rest has to hold all together.
 *
 * @param states any of these
 * @param since asked for at this moment or later
 * @param until asked for before this moment
 * @param host a step of it ran, or was to run, on this host
 * @param service a step of it acted on this service
 * @param text words that all stand somewhere in its runbook, title, reason, message, the name of
 *     who asked for it, or the names of its hosts and services; or the id of a run. Whole words, in
 *     upper or lower case
 */
public record RunFilter(
    Optional<String> runbook,
    Set<RunState> states,
    Optional<String> requestedBy,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<String> host,
    Optional<String> service,
    Optional<String> text) {

  /** Every run. */
  public static final RunFilter ALL =
      new RunFilter(
          Optional.empty(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public RunFilter {
    states = Set.copyOf(states);
  }

  /** The same, but only runs in one of these states. */
  public RunFilter in(Set<RunState> wanted) {
    return new RunFilter(runbook, wanted, requestedBy, since, until, host, service, text);
  }
}
