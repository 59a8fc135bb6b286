package org.runwright.run;

import java.util.Optional;

/**
 * What the engine waits with for the end of a step, or of several.
 *
 * @param activity the engine's id of this visit of the BPMN element
 * @param task the engine's id of the task to be ended
 * @param atOnce how many of its steps may be under way at the same time; empty: all
 */
public record EngineWait(String activity, String task, Optional<Integer> atOnce) {

  public EngineWait(String activity, String task) {
    this(activity, task, Optional.empty());
  }
}
