package org.runwright.monitor;

import java.time.Instant;

/** Whether a host was in reach when it was last asked. */
public record HostSeen(String host, boolean reachable, String message, Instant at) {}
