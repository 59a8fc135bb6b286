package org.runwright.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.runwright.platform.Platform;
import org.runwright.platform.Platforms;
import org.runwright.run.EngineWait;
import org.runwright.run.Journal;
import org.runwright.run.NewStep;
import org.runwright.step.PreparedStep;
import org.runwright.step.StepKinds;
import org.runwright.step.StepRequest;

/**
 * The delegate of a step that runs on a host, or on many: turns the BPMN element and its variables
 * into prepared steps and writes them into the journal. The wait for their end is {@link
 * DurableWait}'s.
 */
abstract class RemoteStep implements DurableDelegate {

  private final Tools tools;

  /** What every remote step needs. */
  record Tools(StepKinds kinds, Platforms platforms, Journal journal) {}

  RemoteStep(Tools tools) {
    this.tools = tools;
  }

  /** What the element asks for: one step, or one for each of several hosts. */
  abstract List<StepRequest> requests(DelegateExecution execution, Platform platform);

  /** The step whose change this one takes back. */
  Optional<String> undoOf(DelegateExecution execution) {
    return Optional.empty();
  }

  /** How many of the steps may be under way at once; empty: all. */
  Optional<Integer> atOnce(DelegateExecution execution) {
    return Optional.empty();
  }

  Journal journal() {
    return tools.journal();
  }

  @Override
  public Consumer<String> begin(ExecutionEntity execution) {
    Platform platform = tools.platforms().current();
    List<StepRequest> requests = requests(execution, platform);
    List<PreparedStep> prepared = new ArrayList<>();
    for (StepRequest request : requests) {
      prepared.add(tools.kinds().named(request.kind()).prepare(request, platform));
    }
    Optional<Integer> atOnce = atOnce(execution);
    return task ->
        open(
            steps(
                execution,
                new EngineWait(execution.getActivityInstanceId(), task, atOnce),
                prepared));
  }

  /** Writes the steps into the journal. */
  void open(List<NewStep> steps) {
    tools.journal().open(steps);
  }

  private List<NewStep> steps(
      ExecutionEntity execution, EngineWait engineWait, List<PreparedStep> prepared) {
    LoopPath path = LoopPath.of(execution);
    List<Duration> pauses = DeclaredRetries.of(execution);
    return prepared.stream()
        .map(
            step ->
                new NewStep(
                    execution.getProcessBusinessKey(),
                    execution.getCurrentActivityId(),
                    prepared.size() == 1 ? path.text() : path.text() + '@' + step.host(),
                    engineWait,
                    step,
                    path.level(),
                    undoOf(execution),
                    pauses))
        .toList();
  }
}
