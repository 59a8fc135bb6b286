package org.runwright.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.runwright.run.Journal;
import org.runwright.run.Run;
import org.runwright.run.RunEngine;
import org.runwright.run.RunLife;
import org.runwright.run.RunRefused;
import org.runwright.run.RunState;
import org.runwright.run.Step;
import org.springframework.stereotype.Component;

/** Runs as process instances: the id of the run is the business key. */
@Component
class CamundaRunEngine implements RunEngine {

  /** The reason for deleting an instance whose undo is begun as a process of its own. */
  static final String UNDO_FOLLOWS = "to be undone";

  private static final String UNDO_PROCESS = "undo-run";

  private final RuntimeService runtime;
  private final ExternalTaskService tasks;
  private final DecisionUserTasks decisions;
  private final Journal journal;
  private final RunLife life;

  CamundaRunEngine(
      RuntimeService runtime,
      ExternalTaskService tasks,
      DecisionUserTasks decisions,
      Journal journal,
      RunLife life) {
    this.runtime = runtime;
    this.tasks = tasks;
    this.decisions = decisions;
    this.journal = journal;
    this.life = life;
  }

  @Override
  public String begin(Run run) {
    Map<String, Object> variables = new HashMap<>();
    run.inputs().forEach((name, value) -> variables.put(name, Texts.storable(value)));
    variables.put(Variables.RUNBOOK, run.runbook());
    variables.put(Variables.RUNBOOK_TITLE, run.title());
    variables.put(Variables.REQUESTED_BY, run.requestedBy());
    variables.put(Variables.REASON, run.reason().orElse(null));
    variables.put(Variables.FAILURE, null);
    try {
      return runtime.startProcessInstanceByKey(run.process(), run.id(), variables).getId();
    } catch (ProcessEngineException e) {
      throw new RunRefused(
          RunRefused.Cause.CONFLICT, "the process cannot begin: " + innermost(e).getMessage());
    }
  }

  @Override
  public void cancel(Run run, boolean compensate, String reason) {
    String instance = run.processInstance().orElseThrow();
    if (!compensate) {
      delete(run, reason);
      return;
    }
    runtime.setVariable(instance, Variables.CANCEL_REASON, reason);
    if (undoesItself(instance)) {
      runtime
          .createMessageCorrelation(Variables.CANCEL_MESSAGE)
          .processInstanceId(instance)
          .correlate();
    } else {
      life.compensate(run.id(), reason);
      delete(run, UNDO_FOLLOWS);
      runtime.startProcessInstanceByKey(UNDO_PROCESS, run.id());
    }
  }

  @Override
  public void retry(Run run, Step step) {
    List<ExternalTask> waiting = waiting(step);
    if (waiting.isEmpty()) {
      decisions.decide(step, "retry");
    }
    waiting.forEach(task -> tasks.setRetries(task.getId(), 1));
  }

  @Override
  public void skip(Run run, Step step) {
    List<ExternalTask> waiting = waiting(step);
    journal.skip(step);
    if (waiting.isEmpty()) {
      decisions.decide(step, "skip");
    }
    String who = "skip-" + step.id();
    for (ExternalTask task : waiting) {
      tasks.setRetries(task.getId(), 1);
      tasks.lock(task.getId(), who, 10_000);
      tasks.complete(task.getId(), who);
    }
  }

  private static Throwable innermost(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }

  private List<ExternalTask> waiting(Step step) {
    return tasks
        .createExternalTaskQuery()
        .noRetriesLeft()
        .topicName(DurableSteps.STEPS)
        .list()
        .stream()
        .filter(task -> task.getActivityInstanceId().equals(step.execution()))
        .toList();
  }

  private boolean undoesItself(String instance) {
    return runtime
            .createEventSubscriptionQuery()
            .processInstanceId(instance)
            .eventType("message")
            .eventName(Variables.CANCEL_MESSAGE)
            .count()
        > 0;
  }

  /** Every instance of the run: the process, or after a deletion its undo. */
  private void delete(Run run, String reason) {
    runtime
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(run.id())
        .rootProcessInstances()
        .list()
        .forEach(
            instance ->
                runtime.deleteProcessInstance(
                    instance.getProcessInstanceId(), reason, false, true));
    if (run.state() == RunState.QUEUED) {
      throw new IllegalStateException("run " + run.id() + " has no process yet");
    }
  }
}
