package org.runwright.engine;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.runwright.platform.Platform;
import org.runwright.step.StepRefused;
import org.runwright.step.StepRequest;

/**
 * A command of the model's author. Input parameters of the service task: {@code host}, or {@code
 * hosts} (a pattern of hosts, or a list of them: the command runs on all side by side), {@code
 * parallelism} (on so many at once), {@code command} (shell text, fixed), {@code arguments} (a
 * list, reaching the command as {@code $1} …), {@code undo} (shell text, fixed), {@code
 * safe-to-repeat}, {@code become}, {@code title}, {@code timeLimit} (ISO 8601).
 */
class CommandStep extends RemoteStep {

  private static final List<String> PASSED_ON =
      List.of("command", "arguments", "undo", "safe-to-repeat", "become", "title");

  CommandStep(Tools tools) {
    super(tools);
  }

  @Override
  List<StepRequest> requests(DelegateExecution execution, Platform platform) {
    Map<String, Object> parameters = new HashMap<>();
    for (String name : PASSED_ON) {
      Object value = execution.getVariableLocal(name);
      if (value != null) {
        parameters.put(name, value);
      }
    }
    Optional<Duration> limit =
        Optional.ofNullable(execution.getVariableLocal("timeLimit")).map(CommandStep::duration);
    return hosts(execution, platform).stream()
        .map(host -> new StepRequest("run-command", host, Optional.empty(), parameters, limit))
        .toList();
  }

  @Override
  Optional<Integer> atOnce(DelegateExecution execution) {
    return HostBatches.parallelism(execution.getVariableLocal("parallelism"));
  }

  private static Collection<String> hosts(DelegateExecution execution, Platform platform) {
    Object many = execution.getVariableLocal("hosts");
    if (many == null) {
      if (execution.getVariable("host") instanceof String host) {
        return List.of(host);
      }
      throw new StepRefused("the service task has no input parameter host or hosts");
    }
    Set<String> hosts = new LinkedHashSet<>();
    for (Object name : many instanceof Collection<?> names ? names : List.of(many)) {
      hosts.addAll(HostBatches.select(platform, String.valueOf(name)));
    }
    if (hosts.isEmpty()) {
      throw new StepRefused("the input parameter hosts is empty");
    }
    return hosts;
  }

  static Duration duration(Object text) {
    try {
      return Duration.parse(text.toString());
    } catch (DateTimeParseException e) {
      throw new StepRefused("timeLimit must be an ISO 8601 duration such as PT5M, not " + text);
    }
  }
}
