package org.runwright.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
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
  private final ManagementService management;
  private final StepWaits waits;
  private final DecisionUserTasks decisions;
  private final RunLife life;

  CamundaRunEngine(
      RuntimeService runtime,
      ManagementService management,
      StepWaits waits,
      DecisionUserTasks decisions,
      RunLife life) {
    this.runtime = runtime;
    this.management = management;
    this.waits = waits;
    this.decisions = decisions;
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
    if (!waits.retry(step)) {
      decisions.decide(step, "retry");
    }
  }

  @Override
  public void skip(Run run, Step step) {
    if (!waits.skip(step)) {
      decisions.decide(step, "skip");
    }
  }

  @Override
  public boolean retryBetweenSteps(Run run) {
    List<Job> failed =
        instances(run)
            .flatMap(
                instance ->
                    management
                        .createJobQuery()
                        .processInstanceId(instance.getId())
                        .noRetriesLeft()
                        .list()
                        .stream())
            .toList();
    failed.forEach(job -> management.setJobRetries(job.getId(), 1));
    return !failed.isEmpty();
  }

  private Stream<ProcessInstance> instances(Run run) {
    return runtime
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(run.id())
        .list()
        .stream();
  }

  private static Throwable innermost(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return at;
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
