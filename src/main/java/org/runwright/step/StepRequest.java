package org.runwright.step;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a process asks for: one kind of step on one host.
 *
 * @param kind the name of a {@link StepKind}
 * @param host a host of the inventory
 * @param service a service of the service map, for kinds that act on one
 * @param parameters what else the kind wants, each documented by the kind
 * @param timeLimit empty: the kind's own
 */
public record StepRequest(
    String kind,
    String host,
    Optional<String> service,
    Map<String, Object> parameters,
    Optional<Duration> timeLimit) {}
