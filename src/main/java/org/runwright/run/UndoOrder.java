package org.runwright.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** In which order the changes of a run are taken back. */
final class UndoOrder {

  private UndoOrder() {}

  /** One after the other, latest first: for hosts whose steps depend on the one before. */
  static List<List<Step>> oneByOne(List<Step> journal) {
    return of(journal).stream().flatMap(List::stream).map(List::of).toList();
  }

  /**
   * Latest first; neighbours in the journal go together that are of one element and one level, or
   * were one element's commands on several hosts.
   */
  static List<List<Step>> of(List<Step> journal) {
    List<List<Step>> groups = new ArrayList<>();
    Set<String> places = new HashSet<>();
    for (int i = journal.size() - 1; i >= 0; i--) {
      Step step = journal.get(i);
      // Of several attempts the last one that may have changed something stands for all of them.
      if (!mayHaveChanged(step) || !places.add(step.place()) || step.undone()) {
        continue;
      }
      List<Step> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
      if (!last.isEmpty() && sameLevel(last.get(0), step)) {
        last.add(step);
      } else {
        groups.add(new ArrayList<>(List.of(step)));
      }
    }
    return groups;
  }

  private static boolean sameLevel(Step one, Step other) {
    return one.engineWait().activity().equals(other.engineWait().activity())
        || one.level().isPresent()
            && one.level().equals(other.level())
            && one.element().equals(other.element());
  }

  private static boolean mayHaveChanged(Step step) {
    return step.prepared().undo().isPresent()
        && step.undoOf().isEmpty()
        && step.state().ended()
        && step.startedAt().isPresent()
        && step.changed().orElse(true);
  }
}
