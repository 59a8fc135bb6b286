package org.runwright.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** What the delegates that compute do, as far as the flow of a process depends on it. */
final class StandInDelegates {

  static final List<String> NAMES =
      List.of(
          "resolveOrder",
          "resolveUndo",
          "noteFailure",
          "noteUndoFailure",
          "noteUnwell",
          "noteSkip",
          "decideApproval",
          "countApproval",
          "approvalTimedOut",
          "decideRestart",
          "countAttempt",
          "readScript",
          "resolveBatches",
          "countHosts",
          "beginNoFurther",
          "planBackup",
          "planRetention",
          "resolvePatch",
          "resolveHost",
          "noteHostDone",
          "noteHostFailed",
          "noteDecision",
          "sumUpHosts");

  private final List<String> calls;
  private final List<String> notes = new ArrayList<>();
  private List<List<String>> levels = List.of();
  private final RollingStandIns rolling;
  private int quorum;
  private boolean approveOnTimeout;
  private int attempts = 1;
  private boolean tolerant;
  private List<String> expired = List.of();

  StandInDelegates(List<String> calls) {
    this.calls = calls;
    rolling = new RollingStandIns(calls);
  }

  /** Levels as "service@host" texts, those of one level with a blank between them. */
  void platform(String... targetsOfLevels) {
    levels = Stream.of(targetsOfLevels).map(level -> List.of(level.split(" "))).toList();
  }

  /** The batches of a rolling run. */
  RollingStandIns rolling() {
    return rolling;
  }

  /** How many people must approve; none: no approval is asked for. */
  void quorum(int people) {
    quorum = people;
  }

  void approveOnTimeout() {
    approveOnTimeout = true;
  }

  void attempts(int bound) {
    attempts = bound;
  }

  /** The error budget lets hosts fail. */
  void tolerant() {
    tolerant = true;
  }

  /** Backups that no rule keeps. */
  void expired(String... ids) {
    expired = List.of(ids);
  }

  /** What was noted, as "bean: target: message". */
  List<String> notes() {
    return notes;
  }

  void run(String name, DelegateExecution execution) {
    switch (name) {
      case "resolveOrder" -> resolveOrder(execution);
      case "resolveUndo" ->
          execution.setVariable(
              "undoLevels", rolling.isBegun() ? rolling.toUndo(execution) : changedLatestFirst());
      case "noteFailure" -> noteFailure(execution);
      case "noteUndoFailure" -> noteUndoFailure(execution);
      case "decideApproval" -> decideApproval(execution);
      case "countApproval" -> countApproval(execution);
      case "approvalTimedOut" -> approvalTimedOut(execution);
      case "decideRestart" -> decideRestart(execution);
      case "countAttempt" -> countAttempt(execution);
      case "resolveBatches" -> resolveBatches(execution);
      case "countHosts" -> countHosts(execution);
      case "beginNoFurther" -> execution.getProcessInstance().setVariable("noFurther", true);
      case "planBackup" -> planBackup(execution);
      case "planRetention" -> planRetention(execution);
      default -> {
        if (!rolling.run(name, execution)) {
          note(name, execution);
        }
      }
    }
  }

  private void resolveOrder(DelegateExecution execution) {
    notes.add("resolveOrder: " + execution.getVariable("direction"));
    execution.setVariable("levels", levels);
    execution.setVariable("allTargets", levels.stream().flatMap(List::stream).toList());
    execution.setVariable("failure", null);
  }

  private void noteFailure(DelegateExecution execution) {
    note("noteFailure", execution);
    var run = execution.getProcessInstance();
    if (run.getVariable("failure") == null) {
      run.setVariable("failure", String.valueOf(execution.getVariable("failureMessage")));
    }
  }

  private static void noteUndoFailure(DelegateExecution execution) {
    var text =
        "%s: %s"
            .formatted(
                execution.getVariable("undoStepId"), execution.getVariable("failureMessage"));
    execution.getProcessInstance().setVariable("undoFailure", text);
  }

  private void note(String name, DelegateExecution execution) {
    notes.add(
        "%s: %s: %s"
            .formatted(
                name, execution.getVariable("target"), execution.getVariable("failureMessage")));
  }

  private void decideApproval(DelegateExecution execution) {
    execution.setVariable("approvalNeeded", quorum > 0);
    execution.setVariable("approved", quorum == 0);
    execution.setVariable("approvalGroups", "approver");
    execution.setVariable("approvalTimeout", "PT30M");
    execution.setVariable("count", 0);
  }

  private void countApproval(DelegateExecution execution) {
    boolean yes = "approve".equals(execution.getVariable("decision"));
    int count = (Integer) execution.getVariable("count") + 1;
    execution.setVariable("count", count);
    execution.setVariable("approvalComplete", !yes || count == quorum);
    execution.setVariable("approved", yes && count == quorum);
    if (!yes) {
      execution.setVariable("rejection", execution.getVariable("comment"));
    }
  }

  private void approvalTimedOut(DelegateExecution execution) {
    execution.setVariable("approved", approveOnTimeout);
    execution.setVariable("rejection", approveOnTimeout ? null : "nobody answered in time");
  }

  private void decideRestart(DelegateExecution execution) {
    var unwell =
        levels.stream()
            .map(level -> level.stream().filter(this::isUnwell).toList())
            .filter(level -> !level.isEmpty())
            .toList();
    execution.setVariable("levels", unwell);
    execution.setVariable("nothingToDo", unwell.isEmpty());
  }

  private boolean isUnwell(String target) {
    return calls.contains("checkService " + target + " failed");
  }

  private void countAttempt(DelegateExecution execution) {
    int tried = ((Number) execution.getVariable("attempts")).intValue() + 1;
    execution.setVariable("attempts", tried);
    execution.setVariable("attemptsLeft", tried < attempts);
    execution.setVariable("backoff", "PT5S");
  }

  private void resolveBatches(DelegateExecution execution) {
    execution.setVariable("batches", levels);
    execution.setVariable("noFurther", false);
    execution.setVariable("failure", null);
  }

  /** All hosts of a batch that went wrong are to be run again. */
  private void countHosts(DelegateExecution execution) {
    boolean wrong = calls.get(calls.size() - 1).endsWith(" failed");
    note("countHosts", execution);
    execution.setVariable("withinBudget", tolerant || !wrong);
    execution.getProcessInstance().setVariable("failure", wrong ? "hosts went wrong" : null);
  }

  private void planBackup(DelegateExecution execution) {
    execution.setVariable("target", levels.get(0).get(0));
    execution.setVariable("failure", null);
    execution.setVariable("backupKept", false);
  }

  private void planRetention(DelegateExecution execution) {
    execution.getProcessInstance().setVariable("backupKept", true);
    execution.getProcessInstance().setVariable("expired", expired);
  }

  /** What was started, stopped or dumped, the levels backwards. */
  private List<List<String>> changedLatestFirst() {
    var undo = new ArrayList<List<String>>();
    for (var level : levels) {
      var changed = calls.stream().filter(call -> changes(call, level)).toList();
      if (!changed.isEmpty()) {
        undo.add(0, changed);
      }
    }
    return undo;
  }

  private static boolean changes(String call, List<String> level) {
    return level.stream()
        .anyMatch(
            target ->
                call.matches("(startService|stopService|dumpDatabase) " + Pattern.quote(target)));
  }
}
