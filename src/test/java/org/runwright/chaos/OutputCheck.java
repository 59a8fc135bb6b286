package org.runwright.chaos;

import static org.runwright.chaos.Fault.Kind.OUTPUT_DOUBLED;
import static org.runwright.chaos.Fault.Kind.OUTPUT_MISSING;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.runwright.chaos.Evidence.Kept;
import org.runwright.chaos.Evidence.StepRow;
import org.runwright.chaos.RoundPlan.PlannedStep;

/**
 * Whether the output of every step is in its log and in the events to the byte: as its host kept
 * it, and for a command that ended by itself as it was planned.
 */
final class OutputCheck {

  private final Evidence evidence;
  private final List<Fault> faults = new ArrayList<>();

  private OutputCheck(Evidence evidence) {
    this.evidence = evidence;
  }

  static List<Fault> check(Evidence evidence, Map<String, PlannedStep> planned) {
    OutputCheck check = new OutputCheck(evidence);
    for (StepRow row : evidence.steps()) {
      Kept kept = evidence.kept().getOrDefault(row.id(), new Kept("", ""));
      if (planned.containsKey(row.name()) && row.exitCode() >= 0) {
        PlannedStep step = planned.get(row.name());
        check.compare(row + ", the host's own copy of stdout", step.expectedOut(), kept.out());
        check.compare(row + ", the host's own copy of stderr", step.expectedErr(), kept.err());
      }
      String log = evidence.logs().getOrDefault(row.id(), "");
      check.compare(row + ", log, stdout", kept.out(), only(log, line -> line.startsWith("out ")));
      check.compare(row + ", log, stderr", kept.err(), only(log, line -> !line.startsWith("out ")));
      check.compare(row + ", events, stdout", kept.out(), check.told(row.id(), "stdout"));
      check.compare(row + ", events, stderr", kept.err(), check.told(row.id(), "stderr"));
    }
    check.checkNumbers();
    return check.faults;
  }

  private static String only(String log, Predicate<String> wanted) {
    return log.lines().filter(wanted).map(line -> line + "\n").collect(Collectors.joining());
  }

  private String told(String step, String stream) {
    return evidence.events().stream()
        .filter(event -> event.name().equals("output"))
        .filter(event -> event.data().path("stepId").asText().equals(step))
        .filter(event -> event.data().path("stream").asText().equals(stream))
        .map(event -> event.data().path("text").asText())
        .collect(Collectors.joining());
  }

  /** A follower who resumes misses nothing and gets nothing twice. */
  private void checkNumbers() {
    long expected = 1;
    for (Follower.Event event : evidence.events()) {
      if (event.id() != expected) {
        Fault.Kind kind = event.id() > expected ? OUTPUT_MISSING : OUTPUT_DOUBLED;
        String run = evidence.run().path("id").asText();
        faults.add(Fault.of(kind, run + ": event " + event.id() + " came instead of " + expected));
      }
      expected = event.id() + 1;
    }
    Set<String> names = Set.of("run", "step", "output");
    evidence.events().stream()
        .filter(event -> !names.contains(event.name()))
        .forEach(event -> faults.add(Fault.of(OUTPUT_DOUBLED, "an event named " + event.name())));
  }

  private void compare(String what, String expected, String actual) {
    if (expected.equals(actual)) {
      return;
    }
    int head = 0;
    int shorter = Math.min(expected.length(), actual.length());
    while (head < shorter && expected.charAt(head) == actual.charAt(head)) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && expected.charAt(expected.length() - 1 - tail)
            == actual.charAt(actual.length() - 1 - tail)) {
      tail++;
    }
    int missing = expected.length() - head - tail;
    int doubled = actual.length() - head - tail;
    String where = " from byte " + head;
    if (missing > 0) {
      faults.add(new Fault(OUTPUT_MISSING, missing, what + where));
    }
    if (doubled > 0) {
      faults.add(new Fault(OUTPUT_DOUBLED, doubled, what + where));
    }
  }
}
