package org.runwright.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.runwright.platform.Platform;
import org.runwright.step.StepRefused;
import org.runwright.step.StepRequest;

/**
 * A step that does one thing to the host that the model calls {@code host}, for the run. Input
 * parameters of the service task are those of the kind.
 */
class HostStep extends RemoteStep {

  private final String kind;
  private final List<String> passedOn;

  HostStep(Tools tools, String kind, String... passedOn) {
    super(tools);
    this.kind = kind;
    this.passedOn = List.of(passedOn);
  }

  @Override
  List<StepRequest> requests(DelegateExecution execution, Platform platform) {
    return List.of(request(execution, host(execution), Map.of()));
  }

  StepRequest request(DelegateExecution execution, String host, Map<String, Object> more) {
    Map<String, Object> parameters = new HashMap<>(more);
    parameters.put("owner", execution.getProcessBusinessKey());
    for (String name : passedOn) {
      Object value = execution.getVariableLocal(name);
      if (value != null) {
        parameters.put(name, value);
      }
    }
    return new StepRequest(kind, host, Optional.empty(), parameters, Optional.empty());
  }

  static String host(DelegateExecution execution) {
    if (execution.getVariable(Variables.HOST) instanceof String host) {
      return host;
    }
    throw new StepRefused("the model gives no host");
  }
}
