package org.runwright.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One execution of a runbook.
 *
 * @param id sorts by the time of the request
 * @param process id of the BPMN process
 * @param processInstance empty while the run is queued
 * @param deadline after this the run is cancelled and undone
 * @param waitsFor why it does not move, for people; empty if it does
 * @param message how it ended, or why it stands
 */
public record Run(
    String id,
    String runbook,
    String title,
    String process,
    Optional<String> processInstance,
    RunState state,
    Map<String, Object> inputs,
    Optional<String> reason,
    String requestedBy,
    Instant requestedAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Instant deadline,
    List<String> locks,
    Optional<String> waitsFor,
    Optional<String> message,
    Optional<String> cancelledBy) {}
