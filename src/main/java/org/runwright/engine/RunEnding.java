package org.runwright.engine;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.runwright.run.Run;
import org.runwright.run.RunLife;
import org.runwright.run.RunState;
import org.runwright.run.Runs;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.stereotype.Component;

/** Ends a run when its process ends, by whatever way, with the outcome that the process shows. */
@Component
class RunEnding extends AbstractBpmnParseListener {

  private final BeanFactory beans;

  RunEnding(BeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public void parseProcess(Element element, ProcessDefinitionEntity process) {
    process.addBuiltInListener(
        ExecutionListener.EVENTNAME_END, execution -> ended((ExecutionEntity) execution));
  }

  private void ended(ExecutionEntity process) {
    if (process.getSuperExecutionId() != null) {
      carryUndoFailure(process);
      return;
    }
    Optional<Run> found =
        Optional.ofNullable(process.getBusinessKey())
            .flatMap(key -> beans.getBean(Runs.class).find(key))
            .filter(run -> !run.state().ended());
    if (found.isEmpty()) {
      return;
    }
    Run run = beans.getBean(RunLife.class).lock(found.get().id());
    RunLife life = beans.getBean(RunLife.class);
    if (process.isCanceled() || process.isExternallyTerminated()) {
      deleted(process, run, life);
    } else {
      outcome(process, run, life);
    }
  }

  /** What could not be undone is known to the called process only; its caller has to know too. */
  private static void carryUndoFailure(ExecutionEntity process) {
    Object failure = process.getVariable(Variables.UNDO_FAILURE);
    if (failure != null) {
      process.getSuperExecution().getProcessInstance().setVariable(Variables.UNDO_FAILURE, failure);
    }
  }

  private static void deleted(ExecutionEntity process, Run run, RunLife life) {
    if (CamundaRunEngine.UNDO_FOLLOWS.equals(process.getDeleteReason())) {
      return;
    }
    String reason = Optional.ofNullable(process.getDeleteReason()).orElse("deleted in the engine");
    life.end(run.id(), RunState.CANCELLED, Optional.of(reason));
  }

  private static void outcome(DelegateExecution process, Run run, RunLife life) {
    Optional<String> failure = text(process, Variables.FAILURE);
    Optional<String> undoFailure = text(process, Variables.UNDO_FAILURE);
    if (Boolean.FALSE.equals(process.getVariable(Variables.APPROVED))) {
      life.end(run.id(), RunState.REJECTED, text(process, Variables.REJECTION));
    } else if (run.state() == RunState.COMPENSATING) {
      compensated(process, run, life, undoFailure);
    } else if (failure.isPresent()) {
      life.end(run.id(), RunState.FAILED, failure);
    } else {
      if (run.state() == RunState.QUEUED) {
        life.goOn(run.id());
      }
      life.end(run.id(), RunState.SUCCEEDED, Optional.empty());
    }
  }

  private static void compensated(
      DelegateExecution process, Run run, RunLife life, Optional<String> undoFailure) {
    if (undoFailure.isPresent()) {
      String why = run.message().orElse("failed") + "; " + undoFailure.get();
      life.end(run.id(), RunState.FAILED, Optional.of(why));
    } else if (run.cancelledBy().isPresent() && !life.anythingUndone(run.id())) {
      life.end(run.id(), RunState.CANCELLED, Optional.empty());
    } else {
      life.end(run.id(), RunState.COMPENSATED, Optional.empty());
    }
  }

  private static Optional<String> text(DelegateExecution process, String variable) {
    return Optional.ofNullable(process.getVariable(variable)).map(Object::toString);
  }
}
