package org.runwright.engine;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.runwright.run.Journal;
import org.runwright.run.Step;
import org.springframework.stereotype.Component;

/** Lists what a run changed, latest first; sets {@code undoLevels}, lists of ids of steps. */
@Component("resolveUndo")
class ResolveUndo implements JavaDelegate {

  private final Journal journal;

  ResolveUndo(Journal journal) {
    this.journal = journal;
  }

  @Override
  public void execute(DelegateExecution execution) {
    List<List<String>> levels =
        journal.toUndo(execution.getProcessBusinessKey()).stream()
            .map(level -> level.stream().map(Step::id).toList())
            .toList();
    execution.getProcessInstance().setVariable("undoLevels", levels);
  }
}
