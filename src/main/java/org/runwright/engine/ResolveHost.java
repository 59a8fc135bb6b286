package org.runwright.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.runwright.platform.Platform;
import org.runwright.platform.Platforms;
import org.runwright.platform.Service;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Finds out what is to be done with the one {@code host} of a called process: sets {@code
 * startTargets} and {@code stopTargets} (its services in the order of their dependencies, and
 * backwards), {@code pooled} (whether a balancer sends it customers) and {@code failure} (why it
 * must not be touched now; null: it may be).
 */
@Component("resolveHost")
class ResolveHost implements JavaDelegate {

  private final Platforms platforms;
  private final ObjectProvider<PatchPrecondition> preconditions;

  ResolveHost(Platforms platforms, ObjectProvider<PatchPrecondition> preconditions) {
    this.platforms = platforms;
    this.preconditions = preconditions;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Platform platform = platforms.current();
    String host = HostStep.host(execution);
    Set<String> services =
        PooledHost.services(host, platform).map(Service::name).collect(Collectors.toSet());
    List<String> start =
        ServiceOrder.levels(platform, services, target -> target.host().equals(host)).stream()
            .flatMap(List::stream)
            .map(Target::toString)
            .collect(Collectors.toCollection(ArrayList::new));
    List<String> stop = new ArrayList<>(start);
    Collections.reverse(stop);
    DelegateExecution process = execution.getProcessInstance();
    process.setVariable("startTargets", start);
    process.setVariable("stopTargets", stop);
    process.setVariable("pooled", !PooledHost.balancers(host, platform).isEmpty());
    process.setVariable(Variables.UNDO_FAILURE, null);
    process.setVariable(Variables.FAILURE, refusal(host, platform, execution).orElse(null));
  }

  private Optional<String> refusal(String name, Platform platform, VariableScope run) {
    return platform
        .inventory()
        .host(name)
        .map(
            host ->
                preconditions
                    .orderedStream()
                    .flatMap(precondition -> precondition.refusal(host, platform, run).stream())
                    .collect(Collectors.joining("; ")))
        .map(refusals -> refusals.isEmpty() ? Optional.<String>empty() : Optional.of(refusals))
        .orElse(Optional.of("the inventory has no host " + name + " any more"));
  }
}
