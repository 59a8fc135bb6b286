package org.runwright.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.runwright.platform.Platform;
import org.runwright.step.StepRequest;

/** A step that does one thing to the service and host that the model calls {@code target}. */
class ServiceStep extends RemoteStep {

  private final String kind;

  ServiceStep(Tools tools, String kind) {
    super(tools);
    this.kind = kind;
  }

  @Override
  List<StepRequest> requests(DelegateExecution execution, Platform platform) {
    Target target = Target.in(execution);
    boolean force = Boolean.TRUE.equals(execution.getVariable("force"));
    return List.of(
        new StepRequest(
            kind,
            target.host(),
            Optional.of(target.service()),
            force ? Map.of("force", true) : Map.of(),
            Optional.empty()));
  }
}
