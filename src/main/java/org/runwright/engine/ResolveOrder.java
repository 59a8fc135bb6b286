package org.runwright.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.runwright.engine.ServiceOrder.Direction;
import org.runwright.platform.Platform;
import org.runwright.platform.Platforms;
import org.runwright.step.StepRefused;
import org.springframework.stereotype.Component;

/**
 * Computes from the service map what is to be done, level by level. Input parameter {@code
 * direction}: start, stop or recover. Reads the run's input {@code services}; sets {@code levels},
 * {@code allTargets} and {@code planText}.
 */
@Component("resolveOrder")
class ResolveOrder implements JavaDelegate {

  private final Platforms platforms;

  ResolveOrder(Platforms platforms) {
    this.platforms = platforms;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Direction direction = Direction.of(execution.getVariable("direction"));
    Platform platform = platforms.current();
    List<List<Target>> levels =
        ServiceOrder.resolve(platform, names(execution.getVariable("services")), direction);
    if (levels.isEmpty()) {
      throw new StepRefused(
          "services.yml has no services; see the server's log for what is wrong with the file");
    }
    DelegateExecution process = execution.getProcessInstance();
    process.setVariable(Variables.LEVELS, ServiceOrder.texts(levels));
    process.setVariable(
        Variables.ALL_TARGETS,
        new ArrayList<>(levels.stream().flatMap(List::stream).map(Target::toString).toList()));
    process.setVariable(Variables.PLAN_TEXT, Texts.head(plan(levels, direction)));
    process.setVariable(Variables.FAILURE, null);
  }

  private static List<String> names(Object services) {
    if (services instanceof Collection<?> names) {
      return names.stream().map(Object::toString).toList();
    }
    return List.of();
  }

  private static String plan(List<List<Target>> levels, Direction direction) {
    String verb =
        switch (direction) {
          case START -> "start";
          case STOP -> "stop";
          case RECOVER -> "look at, and restart if unwell (and what depends on it):";
        };
    StringBuilder plan = new StringBuilder();
    for (int i = 0; i < levels.size(); i++) {
      String targets =
          levels.get(i).stream()
              .map(target -> target.service() + " on " + target.host())
              .collect(Collectors.joining(", "));
      plan.append(i + 1).append(". ").append(verb).append(' ').append(targets).append('\n');
    }
    return plan.toString();
  }
}
