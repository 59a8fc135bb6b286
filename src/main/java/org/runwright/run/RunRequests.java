package org.runwright.run;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.runwright.access.Person;
import org.runwright.platform.Platforms;
import org.runwright.runbook.InputCheck;
import org.runwright.runbook.Processes;
import org.runwright.runbook.Runbook;
import org.runwright.runbook.Runbooks;
import org.runwright.runbook.Scripts;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes requests for runs. Thread-safe. */
@Service
public class RunRequests {

  private final Runbooks runbooks;
  private final Processes processes;
  private final Platforms platforms;
  private final Scripts scripts;
  private final Runs runs;
  private final RunLife life;
  private final RunQueue queue;
  private final Drain drain;
  private final Durability durability;
  private final Json json;
  private final Clock clock;

  RunRequests(
      Runbooks runbooks,
      Processes processes,
      Platforms platforms,
      Scripts scripts,
      Runs runs,
      RunLife life,
      RunQueue queue,
      Drain drain,
      Durability durability,
      Json json,
      Clock clock) {
    this.runbooks = runbooks;
    this.processes = processes;
    this.platforms = platforms;
    this.scripts = scripts;
    this.runs = runs;
    this.life = life;
    this.queue = queue;
    this.drain = drain;
    this.durability = durability;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Takes a request: writes the run and, if its locks are free, begins its process, all in one
   * transaction.
   *
   * @return the run; for a request that was made before under its idempotency key, the run of then
   * @throws org.runwright.access.Forbidden if the person may not start this runbook
   * @throws org.runwright.runbook.InvalidInputs if an input is wrong
   * @throws RunRefused if there is no such runbook, the key was used for another request, or this
   *     server is being drained
   */
  @Transactional
  public Run submit(Person person, RunRequest request) {
    Runbook runbook =
        runbooks
            .find(request.runbook())
            .orElseThrow(
                () ->
                    new RunRefused(
                        RunRefused.Cause.NOT_FOUND, "there is no runbook " + request.runbook()));
    person.mustBeInAny(runbook.runBy(), "start " + runbook.id());
    drain.refuseIfUnderWay();
    String hash = hash(request);
    Optional<Run> before = madeBefore(person, request, hash);
    if (before.isPresent()) {
      return before.get();
    }
    Map<String, Object> inputs =
        InputCheck.check(
            runbook, withReason(runbook, request), platforms.current(), scripts::names);
    Run run = newRun(runbook, person, request, inputs);
    queue.closeGate();
    Optional<Run> justMade = madeBefore(person, request, hash);
    if (justMade.isPresent()) {
      return justMade.get();
    }
    runs.add(run, request.idempotencyKey(), hash);
    life.announce(run.id());
    queue.beginIfFree(run);
    durability.forceOnCommit();
    return runs.get(run.id());
  }

  private Optional<Run> madeBefore(Person person, RunRequest request, String hash) {
    return request
        .idempotencyKey()
        .flatMap(key -> runs.byKey(person.name(), key))
        .map(
            known -> {
              if (!known.requestHash().equals(hash)) {
                throw new RunRefused(
                    RunRefused.Cause.INVALID,
                    "this Idempotency-Key was used for another request; take a new key");
              }
              return runs.get(known.id());
            });
  }

  private static Map<String, Object> withReason(Runbook runbook, RunRequest request) {
    Map<String, Object> inputs = new HashMap<>(request.inputs());
    boolean wanted = runbook.inputs().stream().anyMatch(input -> input.name().equals("reason"));
    if (wanted) {
      request.reason().ifPresent(reason -> inputs.putIfAbsent("reason", reason));
    }
    return inputs;
  }

  private Run newRun(
      Runbook runbook, Person person, RunRequest request, Map<String, Object> inputs) {
    Instant now = clock.instant();
    Object reasonInput = inputs.get("reason");
    return new Run(
        RunIds.next(now),
        runbook.id(),
        runbook.title(),
        runbook.process(),
        Optional.empty(),
        RunState.QUEUED,
        inputs,
        request.reason().or(() -> Optional.ofNullable(reasonInput).map(Object::toString)),
        person.name(),
        now,
        Optional.empty(),
        Optional.empty(),
        now.plus(runbook.timeout()),
        locks(runbook),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Its own, and those of every runbook whose process it calls, so that none is waited for later.
   */
  private List<String> locks(Runbook runbook) {
    TreeSet<String> locks = new TreeSet<>(runbook.locks());
    Set<String> called = processes.calledBy(runbook.process());
    runbooks.all().stream()
        .filter(other -> called.contains(other.process()))
        .forEach(other -> locks.addAll(other.locks()));
    return List.copyOf(locks);
  }

  private String hash(RunRequest request) {
    return StepPlace.digest(
        json.write(
            List.of(
                request.runbook(), new TreeMap<>(request.inputs()), request.reason().orElse(""))));
  }
}
