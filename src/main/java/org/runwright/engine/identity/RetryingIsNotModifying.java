package org.runwright.engine.identity;

import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.RETRY_JOB;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.UPDATE_INSTANCE;
import static org.camunda.bpm.engine.authorization.Resources.PROCESS_DEFINITION;
import static org.camunda.bpm.engine.authorization.Resources.PROCESS_INSTANCE;

import org.camunda.bpm.engine.authorization.ProcessInstancePermissions;
import org.camunda.bpm.engine.impl.cfg.auth.AuthorizationCommandChecker;
import org.camunda.bpm.engine.impl.cmd.SetExternalTaskRetriesCmd;
import org.camunda.bpm.engine.impl.cmd.SetExternalTasksRetriesCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.PermissionCheckBuilder;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Retrying a failed step takes the right {@code RETRY_JOB}, as retrying a failed job does. The
 * engine by itself asks for {@code UPDATE}, which would let an operator also move tokens by
 * "modify" and so step around approvals.
 */
class RetryingIsNotModifying extends AuthorizationCommandChecker {

  @Override
  public void checkUpdateProcessInstanceById(String processInstanceId) {
    ExecutionEntity execution = findExecutionById(processInstanceId);
    if (execution != null && retries(Context.getCommandInvocationContext().getCommand())) {
      String definition = execution.getProcessDefinition().getKey();
      getAuthorizationManager()
          .checkAuthorization(
              new PermissionCheckBuilder()
                  .disjunctive()
                  .atomicCheckForResourceId(
                      PROCESS_INSTANCE, processInstanceId, ProcessInstancePermissions.RETRY_JOB)
                  .atomicCheckForResourceId(PROCESS_DEFINITION, definition, RETRY_JOB)
                  .atomicCheckForResourceId(
                      PROCESS_INSTANCE, processInstanceId, ProcessInstancePermissions.UPDATE)
                  .atomicCheckForResourceId(PROCESS_DEFINITION, definition, UPDATE_INSTANCE)
                  .build());
    } else {
      super.checkUpdateProcessInstanceById(processInstanceId);
    }
  }

  private static boolean retries(Command<?> command) {
    return command instanceof SetExternalTaskRetriesCmd
        || command instanceof SetExternalTasksRetriesCmd;
  }
}
