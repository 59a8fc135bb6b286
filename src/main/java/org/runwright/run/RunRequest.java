package org.runwright.run;

import java.util.Map;
import java.util.Optional;

/**
 * What someone asks for.
 *
 * @param inputs as given, not yet checked
 * @param reason for people; may also be an input of that name
 * @param idempotencyKey the same key of the same person means the same request
 */
public record RunRequest(
    String runbook,
    Map<String, Object> inputs,
    Optional<String> reason,
    Optional<String> idempotencyKey) {}
