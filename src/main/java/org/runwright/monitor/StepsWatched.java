package org.runwright.monitor;

import java.time.Clock;
import java.util.Optional;
import org.runwright.monitor.ServiceSeen.State;
import org.runwright.run.Step;
import org.runwright.run.StepEnded;
import org.runwright.run.StepState;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** Learns the state of services and hosts from the steps of runs, after each has committed. */
@Component
class StepsWatched {

  private final LastSeen lastSeen;
  private final Clock clock;

  StepsWatched(LastSeen lastSeen, Clock clock) {
    this.lastSeen = lastSeen;
    this.clock = clock;
  }

  @TransactionalEventListener
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public void stepEnded(StepEnded ended) {
    Step step = ended.step();
    String message = step.message().orElse("");
    state(step)
        .ifPresent(
            state ->
                lastSeen.put(
                    new ServiceSeen(
                        step.prepared().service().orElseThrow(),
                        step.prepared().host(),
                        state,
                        message,
                        clock.instant()),
                    step.runId()));
    if (step.exitCode().isPresent() || step.signal().isPresent()) {
      lastSeen.put(new HostSeen(step.prepared().host(), true, "", clock.instant()));
    } else if (step.startedAt().isPresent() && step.state() != StepState.CANCELLED) {
      lastSeen.put(new HostSeen(step.prepared().host(), false, message, clock.instant()));
    }
  }

  private static Optional<State> state(Step step) {
    if (step.prepared().service().isEmpty()) {
      return Optional.empty();
    }
    boolean succeeded = step.state() == StepState.SUCCEEDED;
    return switch (step.prepared().kind()) {
      case "check-service", "await-service" ->
          Optional.of(
              succeeded && !"false".equals(step.values().get("well")) ? State.WELL : State.UNWELL);
      case "start-service", "restart-service" ->
          Optional.of(succeeded ? State.STARTED : State.UNWELL);
      case "stop-service" -> Optional.of(succeeded ? State.STOPPED : State.UNKNOWN);
      default -> Optional.empty();
    };
  }
}
