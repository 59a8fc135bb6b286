package org.runwright.engine;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ExternalTaskEntity;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The engine's tasks with which a process waits for steps. Every call joins the caller's
 * transaction and needs no lock of the task: the lock of the run's row is what orders them.
 */
@Component
class WaitTasks {

  private final ProcessEngine engine;

  WaitTasks(@Lazy ProcessEngine engine) {
    this.engine = engine;
  }

  /** The execution that waits; empty if it waits no more. */
  Optional<String> execution(String task) {
    return with(task, ExternalTaskEntity::getExecutionId);
  }

  /** The process moves on. */
  void complete(String task, Map<String, Object> localVariables) {
    with(
        task,
        entity -> {
          entity.complete(Map.of(), localVariables);
          return true;
        });
  }

  /** The process goes the way of the error, which it catches. */
  void error(String task, String code, String message, Map<String, Object> variables) {
    with(
        task,
        entity -> {
          entity.bpmnError(code, message, variables);
          return true;
        });
  }

  /** The process stands: Cockpit shows an incident whose retry works. */
  void stand(String task, String message) {
    with(
        task,
        entity -> {
          entity.failed(message, null, 0, 0, Map.of(), Map.of());
          return true;
        });
  }

  /** Resolves the incident of a process that stands. */
  void resolve(String task) {
    with(
        task,
        entity -> {
          entity.setRetriesAndManageIncidents(1);
          return true;
        });
  }

  private <T> Optional<T> with(String task, Function<ExternalTaskEntity, T> work) {
    return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
        .getCommandExecutorTxRequired()
        .execute(
            command ->
                Optional.ofNullable(command.getExternalTaskManager().findExternalTaskById(task))
                    .map(work));
  }
}
