package org.runwright.platform;

import java.util.Optional;

/**
 * Shell commands of a service. With the manager {@code command}, start, stop and status are given
 * (status exits with 0 while the service runs); kill is optional with every manager.
 */
public record ServiceCommands(
    Optional<String> start,
    Optional<String> stop,
    Optional<String> status,
    Optional<String> kill) {}
