package org.runwright.engine;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.runwright.platform.Platforms;
import org.runwright.run.Journal;
import org.runwright.run.NewStep;
import org.runwright.step.PreparedStep;
import org.runwright.step.StepKinds;
import org.runwright.step.StepRequest;

/**
 * The delegate of a step that runs on a host: turns the BPMN element and its variables into a
 * prepared step and writes it into the journal. The wait for its end is {@link DurableWait}'s.
 */
abstract class RemoteStep implements JavaDelegate {

  private final Tools tools;

  /** What every remote step needs. */
  record Tools(StepKinds kinds, Platforms platforms, Journal journal) {}

  RemoteStep(Tools tools) {
    this.tools = tools;
  }

  /** What the element asks for. */
  abstract StepRequest request(DelegateExecution execution);

  /** The step whose change this one takes back. */
  Optional<String> undoOf(DelegateExecution execution) {
    return Optional.empty();
  }

  Journal journal() {
    return tools.journal();
  }

  @Override
  public void execute(DelegateExecution execution) {
    StepRequest request = request(execution);
    PreparedStep prepared =
        tools.kinds().named(request.kind()).prepare(request, tools.platforms().current());
    ExecutionEntity here = (ExecutionEntity) execution;
    LoopPath path = LoopPath.of(here);
    tools
        .journal()
        .open(
            new NewStep(
                execution.getProcessBusinessKey(),
                execution.getCurrentActivityId(),
                path.text(),
                execution.getActivityInstanceId(),
                prepared,
                path.level(),
                undoOf(execution)));
  }
}
