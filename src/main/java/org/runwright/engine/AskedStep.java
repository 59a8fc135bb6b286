package org.runwright.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.runwright.platform.Platform;
import org.runwright.run.NewStep;
import org.runwright.run.Runs;
import org.runwright.run.Step;
import org.runwright.run.StepState;
import org.runwright.step.StepRefused;
import org.runwright.step.StepRequest;

/**
 * What a person asked for, on the hosts of the input parameter {@code hosts} (a list of names): the
 * run's input {@code command}, or the script that the delegate readScript put into the process. The
 * command is taken from the run, as it was asked for and allowed, and goes to the hosts as the text
 * of its step: it never passes an expression. A host whose outcome is unknown is looked at again
 * instead of being given a second command.
 */
class AskedStep extends RemoteStep {

  private final Runs runs;

  AskedStep(Tools tools, Runs runs) {
    super(tools);
    this.runs = runs;
  }

  @Override
  List<StepRequest> requests(DelegateExecution execution, Platform platform) {
    if (!(execution.getVariableLocal("hosts") instanceof Collection<?> hosts) || hosts.isEmpty()) {
      throw new StepRefused("the service task has no input parameter hosts, a list of names");
    }
    Map<String, Object> inputs = inputs(execution);
    Map<String, Object> parameters = new HashMap<>();
    inputs.forEach(
        (name, value) -> {
          if (name.equals("arguments") || name.equals("become")) {
            parameters.put(name, value);
          }
        });
    Optional<Duration> limit =
        Optional.ofNullable(inputs.get("timeLimit"))
            .filter(text -> !text.toString().isBlank())
            .map(CommandStep::duration);
    String kind = inputs.containsKey("script") ? "run-script" : "run-command";
    if (kind.equals("run-script")) {
      parameters.put("name", inputs.get("script"));
      parameters.put("text", execution.getVariable(Variables.SCRIPT_TEXT));
      parameters.put("sha256", execution.getVariable(Variables.SCRIPT_SHA256));
    } else {
      parameters.put("command", inputs.get("command"));
      parameters.put("title", "Run the command");
    }
    return hosts.stream()
        .map(Object::toString)
        .map(host -> new StepRequest(kind, host, Optional.empty(), parameters, limit))
        .toList();
  }

  @Override
  Optional<Integer> atOnce(DelegateExecution execution) {
    return HostBatches.parallelism(inputs(execution).get("parallelism"))
        .or(() -> Optional.of(HostBatches.DEFAULT_AT_ONCE));
  }

  @Override
  void open(List<NewStep> steps) {
    NewStep first = steps.get(0);
    Map<String, Step> newest =
        journal().of(first.runId()).stream()
            .filter(step -> step.element().equals(first.element()))
            .collect(
                Collectors.toMap(
                    step -> step.prepared().host(), Function.identity(), (before, after) -> after));
    Map<Boolean, List<NewStep>> byUnknown =
        steps.stream()
            .collect(Collectors.partitioningBy(step -> isUnknown(newest.get(host(step)))));
    if (!byUnknown.get(false).isEmpty()) {
      journal().open(byUnknown.get(false));
    }
    byUnknown
        .get(true)
        .forEach(step -> journal().reopen(newest.get(host(step)), step.engineWait()));
  }

  private static String host(NewStep step) {
    return step.prepared().host();
  }

  private static boolean isUnknown(@Nullable Step step) {
    return step != null && step.state() == StepState.UNKNOWN;
  }

  private Map<String, Object> inputs(DelegateExecution execution) {
    return runs.get(execution.getProcessBusinessKey()).inputs();
  }
}
