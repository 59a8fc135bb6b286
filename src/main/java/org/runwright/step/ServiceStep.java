package org.runwright.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.runwright.platform.Platform;
import org.runwright.platform.Service;

/** A kind of step that acts on one service on one host. Each may be repeated without harm. */
abstract class ServiceStep implements StepKind {

  /** Beyond the waits in the script: asking the manager, explaining a failure, and a kill. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  /** The same for all, so that a process may hand on to each step what it was asked. */
  private static final Set<String> PARAMETERS = Set.of("force");

  private final String name;
  private final String title;
  private final Controls controls;

  /**
   * @param title with places for the service and the host
   */
  ServiceStep(String name, String title, Controls controls) {
    this.name = name;
    this.title = title;
    this.controls = controls;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final PreparedStep prepare(StepRequest request, Platform platform) {
    Parameters parameters = Parameters.of(request, PARAMETERS);
    ServiceTarget target = ServiceTarget.of(request, platform);
    Service service = target.service();
    String named = title.formatted(service.name(), target.host().name());
    List<String> arguments = new ArrayList<>();
    arguments.addAll(target.arguments(parameters.flag("force").orElse(false)));
    arguments.addAll(target.checkArguments());
    return new PreparedStep(
        name,
        named,
        target.host().name(),
        Optional.of(service.name()),
        controls.script(service, flow()),
        Call.carry(named, arguments),
        target.become(),
        request.timeLimit().orElseGet(() -> innerWaits(target).plus(SLACK)),
        true,
        undo().map(kind -> undoing(kind, request)));
  }

  /** The resource files that say what to do. */
  abstract String[] flow();

  /** The longest that the script waits for the service. */
  abstract Duration innerWaits(ServiceTarget target);

  /** The kind that takes back what this one did. */
  Optional<String> undo() {
    return Optional.empty();
  }

  private static StepRequest undoing(String kind, StepRequest request) {
    return new StepRequest(kind, request.host(), request.service(), Map.of(), Optional.empty());
  }
}
