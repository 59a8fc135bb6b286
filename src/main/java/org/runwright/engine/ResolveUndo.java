package org.runwright.engine;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.runwright.run.Journal;
import org.runwright.run.Step;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Lists what a run changed, latest first; sets {@code undoLevels}, lists of ids of steps. With
 * {@code undoPart}, the id of a called process's instance, only what was done in there; with {@code
 * undoExcept}, a list of such ids, only what was done elsewhere.
 */
@Component("resolveUndo")
class ResolveUndo implements JavaDelegate {

  private final Journal journal;
  private final HistoryService history;

  ResolveUndo(Journal journal, @Lazy HistoryService history) {
    this.journal = journal;
    this.history = history;
  }

  @Override
  public void execute(DelegateExecution execution) {
    List<List<String>> levels =
        steps(execution).stream().map(level -> level.stream().map(Step::id).toList()).toList();
    execution.getProcessInstance().setVariable("undoLevels", levels);
  }

  private List<List<Step>> steps(DelegateExecution execution) {
    String run = execution.getProcessBusinessKey();
    if (execution.getVariable("undoPart") instanceof String part) {
      Set<String> inside = activities(part);
      return journal.toUndo(run, step -> inside.contains(step.engineWait().activity()));
    }
    if (execution.getVariable("undoExcept") instanceof Collection<?> parts) {
      Set<String> inside = new HashSet<>();
      parts.forEach(part -> inside.addAll(activities(String.valueOf(part))));
      return journal.toUndo(run, step -> !inside.contains(step.engineWait().activity()));
    }
    return journal.toUndo(run);
  }

  /** The visits of elements in an instance; the history has them in the run's own transaction. */
  private Set<String> activities(String instance) {
    Set<String> activities = new HashSet<>();
    history.createHistoricActivityInstanceQuery().processInstanceId(instance).list().stream()
        .map(HistoricActivityInstance::getId)
        .forEach(activities::add);
    history.createHistoricProcessInstanceQuery().superProcessInstanceId(instance).list().stream()
        .map(called -> activities(called.getId()))
        .forEach(activities::addAll);
    return activities;
  }
}
