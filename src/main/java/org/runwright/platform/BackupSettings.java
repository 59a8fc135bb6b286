package org.runwright.platform;

import java.time.Duration;
import java.util.Optional;

/**
 * Where a service's backups lie and how long they stay.
 *
 * @param directory on the service's host
 * @param keep so many of the newest verified backups stay
 * @param keepFor verified backups younger than this stay
 * @param keepAtLeast so many verified backups stay whatever the two above say
 * @param timeout of each step that moves all of the data
 */
public record BackupSettings(
    String directory,
    Optional<Integer> keep,
    Optional<Duration> keepFor,
    int keepAtLeast,
    Duration timeout) {}
