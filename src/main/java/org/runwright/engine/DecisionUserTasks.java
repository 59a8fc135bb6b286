package org.runwright.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.Task;
import org.runwright.run.Journal;
import org.runwright.run.RunLife;
import org.runwright.run.RunState;
import org.runwright.run.Step;
import org.runwright.run.StepState;
import org.springframework.stereotype.Component;

/**
 * User tasks in which a person decides how a run goes on. While one waits the run is suspended; if
 * it is about a target whose last step failed, that step can be retried and skipped over REST,
 * which decides the task.
 */
@Component
class DecisionUserTasks {

  private final TaskService tasks;
  private final Journal journal;
  private final RunLife life;

  DecisionUserTasks(TaskService tasks, Journal journal, RunLife life) {
    this.tasks = tasks;
    this.journal = journal;
    this.life = life;
  }

  void created(DelegateTask task) {
    String runId = task.getExecution().getProcessBusinessKey();
    failedStep(task).ifPresent(step -> journal.awaitPerson(step, true));
    life.suspend(runId, "a decision: " + task.getName() + about(task));
  }

  void decided(DelegateTask task) {
    String runId = task.getExecution().getProcessBusinessKey();
    failedStep(task).ifPresent(step -> journal.awaitPerson(step, false));
    boolean others =
        tasks.createTaskQuery().processInstanceBusinessKey(runId).list().stream()
            .anyMatch(other -> !other.getId().equals(task.getId()));
    if (!others && life.lock(runId).state() == RunState.SUSPENDED) {
      life.goOnIfNothingWaits(runId);
    }
  }

  /**
   * Decides the task that the step made the run wait for.
   *
   * @return whether there is such a task
   */
  boolean decide(Step step, String decision) {
    String target = step.prepared().service().map(s -> s + "@" + step.prepared().host()).orElse("");
    List<Task> waiting =
        tasks.createTaskQuery().processInstanceBusinessKey(step.runId()).list().stream()
            .filter(task -> target.equals(tasks.getVariable(task.getId(), Variables.TARGET)))
            .toList();
    waiting.forEach(task -> tasks.complete(task.getId(), Map.of(Variables.DECISION, decision)));
    return !waiting.isEmpty();
  }

  private Optional<Step> failedStep(DelegateTask task) {
    Object target = task.getVariable(Variables.TARGET);
    if (target == null) {
      return Optional.empty();
    }
    List<Step> steps =
        journal.of(task.getExecution().getProcessBusinessKey()).stream()
            .filter(step -> target.toString().equals(targetOf(step)))
            .toList();
    return steps.isEmpty()
        ? Optional.empty()
        : Optional.of(steps.get(steps.size() - 1))
            .filter(step -> step.state() == StepState.FAILED || step.state() == StepState.UNKNOWN);
  }

  private static String targetOf(Step step) {
    return step.prepared().service().orElse("") + "@" + step.prepared().host();
  }

  private static String about(DelegateTask task) {
    return Optional.ofNullable(task.getVariable(Variables.TARGET))
        .map(target -> " (" + target + ")")
        .orElse("");
  }
}
