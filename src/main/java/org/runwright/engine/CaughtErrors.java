package org.runwright.engine;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.bpmn.helper.ErrorDeclarationForProcessInstanceFinder;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.tree.ActivityExecutionHierarchyWalker;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Tells whether a model catches an error, by the engine's own search: one that nobody catches is
 * better an incident, which a person can retry, than the silent end of the branch.
 */
@Component
class CaughtErrors {

  private final ProcessEngine engine;

  CaughtErrors(@Lazy ProcessEngine engine) {
    this.engine = engine;
  }

  boolean isCaught(String executionId, String errorCode) {
    return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
        .getCommandExecutorTxRequired()
        .execute(command -> search(command, executionId, errorCode));
  }

  private static boolean search(CommandContext command, String executionId, String errorCode) {
    ExecutionEntity execution = command.getExecutionManager().findExecutionById(executionId);
    if (execution == null) {
      return false;
    }
    ErrorDeclarationForProcessInstanceFinder finder =
        new ErrorDeclarationForProcessInstanceFinder(null, errorCode, execution.getActivity());
    ActivityExecutionHierarchyWalker walker = new ActivityExecutionHierarchyWalker(execution);
    walker.addScopePreVisitor(finder);
    walker.walkUntil(scope -> scope == null || finder.getErrorEventDefinition() != null);
    return finder.getErrorEventDefinition() != null;
  }
}
