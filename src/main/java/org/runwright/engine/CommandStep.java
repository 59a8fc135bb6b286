package org.runwright.engine;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.runwright.step.StepRefused;
import org.runwright.step.StepRequest;

/**
 * A command of the model's author. Input parameters of the service task: {@code host}, {@code
 * command} (shell text, fixed), {@code arguments} (a list, reaching the command as {@code $1} …),
 * {@code undo} (shell text, fixed), {@code safe-to-repeat}, {@code become}, {@code title}, {@code
 * timeLimit} (ISO 8601).
 */
class CommandStep extends RemoteStep {

  private static final List<String> PASSED_ON =
      List.of("command", "arguments", "undo", "safe-to-repeat", "become", "title");

  CommandStep(Tools tools) {
    super(tools);
  }

  @Override
  StepRequest request(DelegateExecution execution) {
    if (!(execution.getVariable("host") instanceof String host)) {
      throw new StepRefused("the service task has no input parameter host");
    }
    Map<String, Object> parameters = new HashMap<>();
    for (String name : PASSED_ON) {
      Object value = execution.getVariableLocal(name);
      if (value != null) {
        parameters.put(name, value);
      }
    }
    return new StepRequest(
        "run-command",
        host,
        Optional.empty(),
        parameters,
        Optional.ofNullable(execution.getVariableLocal("timeLimit")).map(CommandStep::duration));
  }

  private static Duration duration(Object text) {
    try {
      return Duration.parse(text.toString());
    } catch (DateTimeParseException e) {
      throw new StepRefused("timeLimit must be an ISO 8601 duration such as PT5M, not " + text);
    }
  }
}
