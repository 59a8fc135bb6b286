package org.runwright.runbook;

/**
 * Processes were deployed or taken away. Whoever deploys publishes it; descriptors are rechecked.
 */
public record ProcessesChanged() {}
