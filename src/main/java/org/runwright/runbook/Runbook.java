package org.runwright.runbook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A runbook as its descriptor states it.
 *
 * @param process the id of its BPMN process
 * @param locks two runs that need one lock do not run at the same time
 * @param timeout of a whole run, waiting for people included
 * @param runBy groups whose members may start it; admins always may
 */
public record Runbook(
    String id,
    String title,
    String description,
    String process,
    List<Input> inputs,
    Optional<ApprovalRule> approval,
    List<String> locks,
    Duration timeout,
    List<String> runBy) {}
