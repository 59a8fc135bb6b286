package org.runwright.run;

/**
 * The right of one server to drive a step, for a limited time.
 *
 * @param fence which lease of the step this is; a later one has a higher number
 * @param reopened whether its outcome was unknown and a person asked for another try
 */
public record StepClaim(String stepId, String runId, long fence, boolean reopened) {}
