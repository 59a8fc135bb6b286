package org.runwright.engine;

import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.runwright.platform.Platform;
import org.runwright.run.Step;
import org.runwright.step.StepRefused;
import org.runwright.step.StepRequest;

/** A step that takes back the change of the step named by the variable {@code undoStepId}. */
class UndoStep extends RemoteStep {

  UndoStep(Tools tools) {
    super(tools);
  }

  @Override
  List<StepRequest> requests(DelegateExecution execution, Platform platform) {
    String id = undoOf(execution).orElseThrow();
    Step step =
        journal().find(id).orElseThrow(() -> new StepRefused("the journal has no step " + id));
    return List.of(
        step.prepared()
            .undo()
            .orElseThrow(() -> new StepRefused("nothing takes back " + step.prepared().title())));
  }

  @Override
  Optional<String> undoOf(DelegateExecution execution) {
    return Optional.of(String.valueOf(execution.getVariable("undoStepId")));
  }
}
