package org.runwright.run;

import java.util.List;
import java.util.Optional;
import org.runwright.access.Group;
import org.runwright.access.Person;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people may do to a run that is under way. Thread-safe. */
@Service
public class RunControl {

  private static final List<String> OPERATORS = List.of(Group.OPERATOR.id());

  private final Runs runs;
  private final Steps steps;
  private final RunLife life;
  private final RunEngine engine;
  private final Durability durability;

  RunControl(Runs runs, Steps steps, RunLife life, RunEngine engine, Durability durability) {
    this.runs = runs;
    this.steps = steps;
    this.life = life;
    this.engine = engine;
    this.durability = durability;
  }

  /** Whether this person may cancel runs, and retry and skip steps. */
  public static boolean mayControl(Person person) {
    return person.isInAny(OPERATORS);
  }

  /**
   * Cancels a run: its commands are ended on the hosts, and what it changed is undone.
   *
   * @param compensate false: what it changed stays
   * @throws RunRefused if the run ended already, or is being undone
   */
  @Transactional
  public Run cancel(Person person, String runId, String reason, boolean compensate) {
    person.mustBeInAny(OPERATORS, "cancel a run");
    runs.setCancelledBy(runs.lock(runId).id(), person.name());
    durability.forceOnCommit();
    return cancel(runId, "cancelled by " + person.name() + ": " + reason, compensate);
  }

  /**
   * Tries a step again that failed or whose outcome is unknown, as a new attempt.
   *
   * @param reason kept in the message of the attempt before
   */
  @Transactional
  public Run retry(Person person, String runId, String stepId, String reason) {
    person.mustBeInAny(OPERATORS, "retry a step");
    Run run = runs.lock(runId);
    Step step = waiting(run, stepId);
    steps.note(stepId, "retried by " + person.name() + ": " + reason);
    engine.retry(run, step);
    life.goOnIfNothingWaits(runId);
    return runs.get(runId);
  }

  /**
   * Lets the run go on as if the step had succeeded.
   *
   * @param reason kept in the message of the step
   */
  @Transactional
  public Run skip(Person person, String runId, String stepId, String reason) {
    person.mustBeInAny(OPERATORS, "skip a step");
    Run run = runs.lock(runId);
    Step step = waiting(run, stepId);
    steps.note(stepId, "skipped by " + person.name() + ": " + reason);
    engine.skip(run, step);
    life.goOnIfNothingWaits(runId);
    return runs.get(runId);
  }

  /**
   * Goes on where the run stands: tries every step again that waits for a person, as {@link #retry}
   * does with one, and whatever failed between steps.
   *
   * @param reason kept in the message of the attempts before
   * @throws RunRefused if nothing waits
   */
  @Transactional
  public Run resume(Person person, String runId, String reason) {
    person.mustBeInAny(OPERATORS, "resume a run");
    Run run = runs.lock(runId);
    List<Step> waiting = steps.of(runId).stream().filter(Step::awaitsPerson).toList();
    waiting.forEach(step -> retry(person, runId, step.id(), reason));
    if (!engine.retryBetweenSteps(run) && waiting.isEmpty()) {
      throw new RunRefused(
          RunRefused.Cause.CONFLICT,
          "run " + runId + " is " + run.state() + " and nothing of it waits to be tried again");
    }
    return runs.get(runId);
  }

  @Transactional
  void timeOut(String runId) {
    Run run = runs.lock(runId);
    if (!run.state().ended() && run.state() != RunState.COMPENSATING) {
      cancel(runId, "its time limit passed at " + run.deadline(), true);
    }
  }

  private Run cancel(String runId, String why, boolean compensate) {
    Run run = runs.lock(runId);
    switch (run.state()) {
      case QUEUED -> life.end(runId, RunState.CANCELLED, Optional.of(why));
      case AWAITING_APPROVAL -> engine.cancel(run, false, why);
      case RUNNING, SUSPENDED -> engine.cancel(run, compensate, why);
      case COMPENSATING -> {
        if (compensate) {
          throw new RunRefused(
              RunRefused.Cause.CONFLICT,
              "run " + runId + " is being undone already; to stop that too, say compensate: false");
        }
        engine.cancel(run, false, why);
      }
      case SUCCEEDED, COMPENSATED, FAILED, REJECTED, CANCELLED ->
          throw new RunRefused(
              RunRefused.Cause.CONFLICT, "run " + runId + " has ended: " + run.state());
    }
    return runs.get(runId);
  }

  private Step waiting(Run run, String stepId) {
    Step step = steps.get(run.id(), stepId);
    if (!step.awaitsPerson()) {
      throw new RunRefused(
          RunRefused.Cause.CONFLICT,
          "step " + stepId + " is " + step.state() + " and does not wait for a person");
    }
    return step;
  }
}
