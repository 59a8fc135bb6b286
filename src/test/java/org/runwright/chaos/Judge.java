package org.runwright.chaos;

import static org.runwright.chaos.Fault.Kind.COMMAND_LEFT;
import static org.runwright.chaos.Fault.Kind.EXECUTED_TWICE;
import static org.runwright.chaos.Fault.Kind.LOST;
import static org.runwright.chaos.Fault.Kind.UNKNOWN_WITHOUT_CAUSE;
import static org.runwright.chaos.Fault.Kind.WRONG_OUTCOME;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.runwright.chaos.Evidence.StepRow;
import org.runwright.chaos.RoundPlan.PlannedStep;

/** Compares what the hosts say of a run with what the journal says. */
final class Judge {

  private static final Set<String> STEP_ENDED =
      Set.of("SUCCEEDED", "FAILED", "UNKNOWN", "CANCELLED", "SKIPPED");

  private final RoundPlan plan;
  private final Evidence evidence;
  private final Map<String, PlannedStep> planned;
  private final List<StepRow> rows;
  private final List<Fault> faults = new ArrayList<>();

  private Judge(RoundPlan plan, Evidence evidence) {
    this.plan = plan;
    this.evidence = evidence;
    this.planned = plan.steps().collect(Collectors.toMap(PlannedStep::name, Function.identity()));
    this.rows = evidence.steps();
  }

  static List<Fault> judge(RoundPlan plan, Evidence evidence) {
    Judge judge = new Judge(plan, evidence);
    judge.checkLedger();
    judge.rows.forEach(judge::checkStep);
    judge.checkWhole();
    judge.faults.addAll(OutputCheck.check(evidence, judge.planned));
    evidence
        .processes()
        .forEach(line -> judge.add(COMMAND_LEFT, "still runs after the run's end: " + line));
    return judge.faults;
  }

  private void add(Fault.Kind kind, String text) {
    faults.add(Fault.of(kind, plan.key() + ": " + text));
  }

  private long lines(String word, String token) {
    String part = " " + word + " " + token + " ";
    return evidence.ledger().stream().filter(line -> line.contains(part)).count();
  }

  /** What the hosts say, whatever the journal says. */
  private void checkLedger() {
    Map<String, Integer> begun = new TreeMap<>();
    Set<String> tokens = rows.stream().map(StepRow::id).collect(Collectors.toSet());
    for (String line : evidence.ledger()) {
      String[] words = line.split(" ", -1);
      if (words[1].equals("begin")) {
        begun.merge(words[3], 1, Integer::sum);
      }
      if (!tokens.contains(words[2])) {
        add(LOST, "the journal does not know the command of " + line);
      }
    }
    rows.stream()
        .filter(row -> lines("begin", row.id()) > 1)
        .forEach(row -> add(EXECUTED_TWICE, row + " under one token"));
    begun.forEach(
        (name, times) -> {
          long retries = evidence.retried().stream().filter(name::equals).count();
          if (times > 1 + retries) {
            add(EXECUTED_TWICE, name + " began " + times + " times");
          }
        });
  }

  private void checkStep(StepRow row) {
    boolean killed = evidence.killed().contains(row.id());
    long begun = lines("begin", row.id());
    long finished = lines("end", row.id());
    boolean complete = begun >= 1 && finished >= 1;
    int code = planned.containsKey(row.name()) ? planned.get(row.name()).code() : 0;
    switch (row.state()) {
      case "SUCCEEDED", "FAILED" -> {
        if (row.exitCode() >= 0 && !complete) {
          add(LOST, row + " has ended without a trace on its host");
        } else if (row.exitCode() >= 0 && row.exitCode() != code) {
          add(WRONG_OUTCOME, row + " exited with " + code);
        } else if (row.exitCode() < 0 && !(killed && begun == 0)) {
          add(WRONG_OUTCOME, row + " has no exit code: " + row.message());
        } else if (row.state().equals("SUCCEEDED") != (row.exitCode() == 0)) {
          add(WRONG_OUTCOME, row + " exited with " + code);
        }
      }
      case "UNKNOWN", "SKIPPED" -> {
        if (!killed) {
          add(UNKNOWN_WITHOUT_CAUSE, row + ": " + row.message());
        }
      }
      case "CANCELLED" -> {
        if (!evidence.cancelled()) {
          add(WRONG_OUTCOME, row + " was cancelled, and nobody cancelled the run");
        }
      }
      default -> add(WRONG_OUTCOME, row + " has not ended, but its run has");
    }
  }

  /** Whether the run did all that it should, and undid all that it should. */
  private void checkWhole() {
    String state = evidence.state();
    if (!expectedStates().contains(state)) {
      add(
          WRONG_OUTCOME,
          "the run ended "
              + state
              + ", expected one of "
              + expectedStates()
              + ": "
              + evidence.run().path("message").asText());
    }
    if (!evidence.cancelled()) {
      planned.keySet().stream()
          .filter(name -> rows.stream().noneMatch(row -> row.name().equals(name)))
          .forEach(name -> add(LOST, name + " is not in the journal"));
    }
    if (state.equals("COMPENSATED")) {
      rows.stream()
          .filter(row -> !row.isUndo() && row.changed())
          .filter(row -> rows.stream().noneMatch(undo -> undoes(undo, row)))
          .forEach(row -> add(LOST, row + " was not undone"));
    } else if (state.equals("SUCCEEDED") && rows.stream().anyMatch(StepRow::isUndo)) {
      add(WRONG_OUTCOME, "the run succeeded and was undone");
    }
  }

  private static boolean undoes(StepRow undo, StepRow row) {
    return undo.undoOf().equals(row.id()) && STEP_ENDED.contains(undo.state());
  }

  private Set<String> expectedStates() {
    boolean undoKilled =
        rows.stream().anyMatch(row -> row.isUndo() && evidence.killed().contains(row.id()));
    if (evidence.cancelled()) {
      boolean undoes = plan.cancel().map(RoundPlan.Cancel::compensate).orElse(true);
      return undoes
          ? undoKilled
              ? Set.of("COMPENSATED", "CANCELLED", "FAILED")
              : Set.of("COMPENSATED", "CANCELLED")
          : Set.of("CANCELLED");
    }
    // The failure of a link of the chain stays a variable of its own; the others fail the run.
    boolean failed = rows.stream().anyMatch(row -> failed(row) && !row.name().startsWith("c"));
    if (plan.undoOnFailure() && rows.stream().anyMatch(Judge::failed)) {
      return undoKilled ? Set.of("COMPENSATED", "FAILED") : Set.of("COMPENSATED");
    }
    return failed ? Set.of("FAILED") : Set.of("SUCCEEDED");
  }

  private static boolean failed(StepRow row) {
    return row.state().equals("FAILED") && row.exitCode() > 0;
  }
}
