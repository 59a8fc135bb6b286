package org.runwright.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.runwright.runbook.Processes;
import org.springframework.stereotype.Component;

/** The deployed processes. */
@Component
class CamundaProcesses implements Processes {

  private final RepositoryService repository;

  /** By the id of a definition, which never changes; as many as are deployed. */
  private final Map<String, Set<String>> calls = new ConcurrentHashMap<>();

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
    return calls(processId).contains(UserTasks.APPROVAL_PROCESS);
  }

  @Override
  public Set<String> calledBy(String processId) {
    Set<String> called = new TreeSet<>();
    Deque<String> toRead = new ArrayDeque<>(List.of(processId));
    while (!toRead.isEmpty()) {
      for (String next : calls(toRead.pop())) {
        if (called.add(next)) {
          toRead.push(next);
        }
      }
    }
    return called;
  }

  private Set<String> calls(String processId) {
    ProcessDefinition process =
        repository
            .createProcessDefinitionQuery()
            .processDefinitionKey(processId)
            .latestVersion()
            .singleResult();
    return process == null
        ? Set.of()
        : calls.computeIfAbsent(process.getId(), id -> callsOf(id, processId));
  }

  private Set<String> callsOf(String definition, String processId) {
    return repository
        .getBpmnModelInstance(definition)
        .getModelElementsByType(CallActivity.class)
        .stream()
        .filter(call -> belongsTo(processId, call))
        .map(CallActivity::getCalledElement)
        .filter(Objects::nonNull)
        .filter(called -> !called.contains("${") && !called.contains("#{"))
        .collect(Collectors.toSet());
  }

  /** One file may hold several processes. */
  private static boolean belongsTo(String processId, CallActivity call) {
    ModelElementInstance at = call;
    while (at != null && !(at instanceof Process)) {
      at = at.getParentElement();
    }
    return at != null && processId.equals(((Process) at).getId());
  }
}
