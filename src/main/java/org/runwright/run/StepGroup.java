package org.runwright.run;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of one element of the model and one level, which differ in host or attempt only.
 *
 * @param first the smallest number of them in the journal; names the group within its run
 * @param element id of the BPMN element
 * @param undo whether they take back what other steps changed
 * @param title of one of them, the first by the alphabet
 * @param lastTitle of one of them, the last by the alphabet
 * @param steps how many there are in each state
 * @param changed how many altered something
 * @param awaiting how many wait for a person
 * @param hosts how many different hosts they are on
 * @param startedAt when the first of them was sent to its host
 * @param endedAt when the last of those that ended did so
 */
public record StepGroup(
    int first,
    String element,
    Optional<Integer> level,
    boolean undo,
    String kind,
    String title,
    String lastTitle,
    Map<StepState, Integer> steps,
    int changed,
    int awaiting,
    int hosts,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt) {

  /** How many there are. */
  public int size() {
    return steps.values().stream().mapToInt(Integer::intValue).sum();
  }

  public int in(StepState state) {
    return steps.getOrDefault(state, 0);
  }
}
