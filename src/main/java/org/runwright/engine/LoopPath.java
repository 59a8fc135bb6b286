package org.runwright.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Where an execution stands within the loops around it, through call activities: the same whenever
 * the engine comes to the same place.
 *
 * @param text to tell places apart
 * @param level the round of the outermost loop, if there is one within another
 */
record LoopPath(String text, Optional<Integer> level) {

  private static final String COUNTER = "loopCounter";

  static LoopPath of(ExecutionEntity execution) {
    Deque<Integer> rounds = new ArrayDeque<>();
    StringBuilder text = new StringBuilder();
    ExecutionEntity at = execution;
    while (at != null) {
      if (at.hasVariableLocal(COUNTER)) {
        Integer round = (Integer) at.getVariableLocal(COUNTER);
        rounds.push(round);
        text.append('/').append(round);
      }
      if (at.getParentId() == null) {
        at = at.getSuperExecution();
        if (at != null) {
          text.append('<').append(at.getActivityId());
        }
      } else {
        at = at.getParent();
      }
    }
    return new LoopPath(
        text.toString(), rounds.size() > 1 ? Optional.of(rounds.peek()) : Optional.empty());
  }
}
