package org.runwright.run;

/**
 * What the engine waits with for the end of a step, or of several.
 *
 * @param activity the engine's id of this visit of the BPMN element
 * @param task the engine's id of the task to be ended
 */
public record EngineWait(String activity, String task) {}
