package org.runwright.engine;

import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.runwright.runbook.Processes;
import org.springframework.stereotype.Component;

/** The deployed processes. */
@Component
class CamundaProcesses implements Processes {

  private final RepositoryService repository;

  CamundaProcesses(RepositoryService repository) {
    this.repository = repository;
  }

  @Override
  public Set<String> ids() {
    return repository.createProcessDefinitionQuery().latestVersion().active().list().stream()
        .map(ProcessDefinition::getKey)
        .collect(Collectors.toSet());
  }

  @Override
  public Set<String> reservedVariables() {
    return Variables.RESERVED;
  }

  @Override
  public boolean asksForApproval(String processId) {
    ProcessDefinition process =
        repository
            .createProcessDefinitionQuery()
            .processDefinitionKey(processId)
            .latestVersion()
            .singleResult();
    return process != null
        && repository
            .getBpmnModelInstance(process.getId())
            .getModelElementsByType(CallActivity.class)
            .stream()
            .anyMatch(call -> UserTasks.APPROVAL_PROCESS.equals(call.getCalledElement()));
  }
}
