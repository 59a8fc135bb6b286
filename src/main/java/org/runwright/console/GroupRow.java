package org.runwright.console;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.runwright.run.StepGroup;
import org.runwright.run.StepState;

/**
 * Steps that differ in host or attempt only, as one row with the rows of those that are shown.
 *
 * @param first names the group in the address of the page
 * @param counts how many steps are in which state
 * @param note what else there is to say of all of them
 * @param rows those that are shown; none if the group is closed
 * @param open whether a person opened it
 * @param page which page of its steps is shown, from 1
 * @param pages how many there are
 */
record GroupRow(
    int first,
    String title,
    boolean undo,
    int size,
    List<Count> counts,
    String note,
    String took,
    String bar,
    List<StepRow> rows,
    boolean open,
    int page,
    int pages) {

  private static final Pattern ON_HOST = Pattern.compile(" on \\S+$");

  /** How many steps are in a state. */
  record Count(Badge badge, int steps) {}

  static List<Count> counts(StepGroup group) {
    List<Count> counts = new ArrayList<>();
    for (StepState state : StepState.values()) {
      if (group.in(state) > 0) {
        counts.add(new Count(Badge.of(state), group.in(state)));
      }
    }
    return counts;
  }

  /** What they are all called, or else their kind. */
  static String title(StepGroup group) {
    String one = ON_HOST.matcher(group.title()).replaceFirst("");
    String other = ON_HOST.matcher(group.lastTitle()).replaceFirst("");
    return one.equals(other) ? one : group.kind();
  }

  static String note(StepGroup group) {
    List<String> notes = new ArrayList<>();
    group.level().ifPresent(level -> notes.add("level " + (level + 1)));
    notes.add(group.hosts() == 1 ? "1 host" : group.hosts() + " hosts");
    if (group.changed() > 0) {
      notes.add(group.changed() + " changed");
    }
    if (group.awaiting() > 0) {
      notes.add(group.awaiting() + " wait for a person");
    }
    return String.join(", ", notes);
  }

  /** Whether a person ought to look into it. */
  static boolean needsALook(StepGroup group) {
    return group.awaiting() > 0
        || group.in(StepState.FAILED) > 0
        || group.in(StepState.UNKNOWN) > 0;
  }
}
