package org.runwright.engine;

import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.runwright.step.StepRequest;

/** A step that does one thing to the service and host that the model calls {@code target}. */
class ServiceStep extends RemoteStep {

  private final String kind;

  ServiceStep(Tools tools, String kind) {
    super(tools);
    this.kind = kind;
  }

  @Override
  StepRequest request(DelegateExecution execution) {
    Target target = Target.in(execution);
    boolean force = Boolean.TRUE.equals(execution.getVariable("force"));
    return new StepRequest(
        kind,
        target.host(),
        Optional.of(target.service()),
        force ? Map.of("force", true) : Map.of(),
        Optional.empty());
  }
}
