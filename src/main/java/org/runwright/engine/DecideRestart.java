package org.runwright.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.runwright.platform.Platform;
import org.runwright.platform.Platforms;
import org.runwright.run.Journal;
import org.runwright.run.Runs;
import org.runwright.run.Step;
import org.runwright.run.StepState;
import org.springframework.stereotype.Component;

/**
 * Decides what a recovery restarts: each service where it is unwell, and on all of its hosts what
 * depends on an unwell one; with the run's input {@code all} everything that was looked at. Sets
 * {@code levels} and {@code nothingToDo}.
 */
@Component("decideRestart")
class DecideRestart implements JavaDelegate {

  private static final String CHECK = "check-service";

  private final Platforms platforms;
  private final Journal journal;
  private final Runs runs;

  DecideRestart(Platforms platforms, Journal journal, Runs runs) {
    this.platforms = platforms;
    this.journal = journal;
    this.runs = runs;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String runId = execution.getProcessBusinessKey();
    boolean all = Boolean.TRUE.equals(runs.get(runId).inputs().get("all"));
    Set<Target> unwell =
        journal.of(runId).stream()
            .filter(step -> step.prepared().kind().equals(CHECK))
            .filter(step -> all || unwell(step))
            .map(DecideRestart::target)
            .collect(Collectors.toSet());
    Platform platform = platforms.current();
    Set<String> services =
        unwell.stream().map(Target::service).collect(Collectors.toCollection(TreeSet::new));
    services.removeIf(service -> platform.services().service(service).isEmpty());
    Set<String> dependents = dependents(platform, services);
    Set<String> restarted = new HashSet<>(services);
    restarted.addAll(dependents);
    List<List<Target>> levels =
        ServiceOrder.levels(
            platform,
            restarted,
            target -> unwell.contains(target) || dependents.contains(target.service()));
    execution.getProcessInstance().setVariable(Variables.LEVELS, ServiceOrder.texts(levels));
    execution.getProcessInstance().setVariable("nothingToDo", levels.isEmpty());
  }

  private static Set<String> dependents(Platform platform, Set<String> services) {
    Set<String> dependents = new HashSet<>();
    for (String service : services) {
      Set<String> above = new HashSet<>(platform.services().withDependents(Set.of(service)));
      above.remove(service);
      dependents.addAll(above);
    }
    return dependents;
  }

  private static boolean unwell(Step step) {
    return step.state() != StepState.SUCCEEDED || "false".equals(step.values().get("well"));
  }

  private static Target target(Step step) {
    return new Target(step.prepared().service().orElseThrow(), step.prepared().host());
  }
}
