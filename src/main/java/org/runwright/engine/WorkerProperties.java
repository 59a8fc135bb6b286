package org.runwright.engine;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the step worker.
 *
 * @param threads how many hosts are talked to at the same time
 * @param lease how long a step stays with this server without a sign of life
 * @param patience how long a launch waits for its command before it looks in from time to time
 * @param lookEvery the longest pause between two looks at a running command
 * @param looksPerSecond at all running commands together; beyond it the pauses grow
 * @param reachWithin how long a host may be out of reach before its step is given up
 * @param endGrace how long a command may take to end on TERM before it gets KILL
 */
@ConfigurationProperties("runwright.worker")
record WorkerProperties(
    @DefaultValue("32") int threads,
    @DefaultValue("PT15S") Duration lease,
    @DefaultValue("PT0.3S") Duration patience,
    @DefaultValue("PT1S") Duration lookEvery,
    @DefaultValue("100") int looksPerSecond,
    @DefaultValue("PT60S") Duration reachWithin,
    @DefaultValue("PT10S") Duration endGrace) {}
