package org.runwright.monitor;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.runwright.monitor.ServiceSeen.State;
import org.runwright.run.Step;
import org.runwright.run.StepEnded;
import org.runwright.run.StepState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Learns the state of services and hosts from the steps of runs, after each has committed. What was
 * learned is written a moment later in one transaction, so that no step waits for it; what a server
 * had not written when it died is learned again by the next look. Thread-safe.
 */
@Component
class StepsWatched {

  private static final Logger log = LoggerFactory.getLogger(StepsWatched.class);

  private record Target(String service, String host) {}

  private record Seen(ServiceSeen service, String runId) {}

  private final LastSeen lastSeen;
  private final TransactionOperations transactions;
  private final Clock clock;

  /** The newest of each only, so that they are no more than the platform has. */
  private final Map<Target, Seen> services = new ConcurrentHashMap<>();

  private final Map<String, HostSeen> hosts = new ConcurrentHashMap<>();

  StepsWatched(LastSeen lastSeen, TransactionOperations transactions, Clock clock) {
    this.lastSeen = lastSeen;
    this.transactions = transactions;
    this.clock = clock;
  }

  @TransactionalEventListener
  void stepEnded(StepEnded ended) {
    Step step = ended.step();
    String host = step.prepared().host();
    String message = step.message().orElse("");
    state(step)
        .ifPresent(
            state -> {
              String service = step.prepared().service().orElseThrow();
              services.put(
                  new Target(service, host),
                  new Seen(
                      new ServiceSeen(service, host, state, message, clock.instant()),
                      step.runId()));
            });
    if (step.exitCode().isPresent() || step.signal().isPresent()) {
      hosts.put(host, new HostSeen(host, true, "", clock.instant()));
    } else if (step.startedAt().isPresent() && step.state() != StepState.CANCELLED) {
      hosts.put(host, new HostSeen(host, false, message, clock.instant()));
    }
  }

  @Scheduled(fixedDelay = 200)
  void write() {
    Map<Target, Seen> newServices = Map.copyOf(services);
    Map<String, HostSeen> newHosts = Map.copyOf(hosts);
    if (newServices.isEmpty() && newHosts.isEmpty()) {
      return;
    }
    try {
      transactions.executeWithoutResult(
          status -> {
            new TreeMap<>(newHosts).values().forEach(lastSeen::put);
            newServices.values().forEach(seen -> lastSeen.put(seen.service(), seen.runId()));
          });
      newServices.forEach(services::remove);
      newHosts.forEach(hosts::remove);
    } catch (DataAccessException e) {
      log.debug("another server wrote the same at this moment; trying again", e);
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
