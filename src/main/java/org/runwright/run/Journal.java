package org.runwright.run;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.runwright.secret.Mask;
import org.runwright.step.StepResult;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The journal of steps: what was to be done, what was done, what came of it. Every change joins the
 * caller's transaction, so that it commits with the move of the process, and is told in the run's
 * feed. Thread-safe.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class Journal {

  private final Steps steps;
  private final Runs runs;
  private final Feed feed;
  private final Json json;
  private final Mask mask;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  Journal(
      Steps steps,
      Runs runs,
      Feed feed,
      Json json,
      Mask mask,
      Clock clock,
      ApplicationEventPublisher events) {
    this.steps = steps;
    this.runs = runs;
    this.feed = feed;
    this.json = json;
    this.mask = mask;
    this.clock = clock;
    this.events = events;
  }

  /** Writes a step that is to be run. */
  public Step open(NewStep step) {
    runs.lock(step.runId());
    int visit = 0;
    while (steps.exists(
        step.runId(), StepPlace.of(step.runId(), step.element(), step.path(), visit))) {
      visit++;
    }
    String place = StepPlace.of(step.runId(), step.element(), step.path(), visit);
    return add(step, place, 1);
  }

  /** The newest attempt of the step that the engine waits for under this name. */
  public Optional<Step> latest(String execution) {
    return steps.latest(execution);
  }

  /**
   * Marks the step as sent to its host, now.
   *
   * @return whether it may be sent: not if it ended, or the model gave it up
   */
  public boolean begin(Step step) {
    runs.lock(step.runId());
    if (!steps.begin(step.id(), clock.instant())) {
      return false;
    }
    tell(step.id());
    return true;
  }

  /** Writes how a step ended. */
  public Step end(Step step, StepState state, StepResult result) {
    runs.lock(step.runId());
    steps.end(step.id(), state, masked(result), clock.instant());
    if (state == StepState.SUCCEEDED) {
      step.undoOf().ifPresent(steps::markUndone);
    }
    Step ended = tell(step.id());
    events.publishEvent(new StepEnded(ended));
    return ended;
  }

  /** Writes that the run stands until a person decides about the step, or no longer does. */
  public void awaitPerson(Step step, boolean awaits) {
    runs.lock(step.runId());
    if (steps.setAwaitsPerson(step.id(), awaits)) {
      tell(step.id());
    }
  }

  /** Writes the next attempt of a step that failed or whose outcome is unknown. */
  public Step anotherAttempt(Step step) {
    runs.lock(step.runId());
    steps.setAwaitsPerson(step.id(), false);
    tell(step.id());
    NewStep again =
        new NewStep(
            step.runId(),
            step.element(),
            "",
            step.execution(),
            step.prepared(),
            step.level(),
            step.undoOf());
    return add(again, step.place(), step.attempt() + 1);
  }

  /**
   * Writes that a step of unknown outcome is looked for again on its host: it may still run there,
   * or have ended, and only the host knows.
   */
  public Step reopen(Step step) {
    runs.lock(step.runId());
    steps.reopen(step.id());
    return tell(step.id());
  }

  /** Writes that the run goes on as if the step had succeeded. */
  public void skip(Step step) {
    runs.lock(step.runId());
    steps.skip(step.id(), clock.instant());
    tell(step.id());
  }

  /**
   * The model no longer wants the step that the engine waited for under this name. What has not
   * begun never will; what runs on a host is to be ended there.
   *
   * @return whether a command has to be ended
   */
  public boolean giveUp(String execution) {
    Optional<Step> found = steps.latest(execution);
    if (found.isEmpty()) {
      return false;
    }
    Step step = steps.get(runs.lock(found.get().runId()).id(), found.get().id());
    boolean perhapsRuns =
        step.state() == StepState.RUNNING
            || step.state() == StepState.UNKNOWN && step.awaitsPerson();
    steps.setAwaitsPerson(step.id(), false);
    if (step.state() == StepState.PENDING) {
      steps.cancelPending(step.id(), clock.instant());
    } else if (perhapsRuns) {
      steps.reopen(step.id());
      steps.markEnding(step.id());
    }
    tell(step.id());
    return perhapsRuns;
  }

  /** Steps whose commands are to be ended on their hosts, of all runs. */
  public List<Step> ending() {
    return steps.ending();
  }

  /** Whether any command of the run may still run on a host. */
  public boolean anythingRuns(String runId) {
    return steps.anythingRuns(runId);
  }

  /** The steps of a run, in the order of the journal. */
  public List<Step> of(String runId) {
    return steps.of(runId);
  }

  public Optional<Step> find(String stepId) {
    return steps.find(stepId);
  }

  /**
   * What a run changed and nobody undid yet, to be undone group by group: latest first, steps of
   * one level side by side. What may have changed something counts as changed.
   */
  public List<List<Step>> toUndo(String runId) {
    return UndoOrder.of(steps.of(runId));
  }

  private StepResult masked(StepResult result) {
    Map<String, String> values = new TreeMap<>();
    result.values().forEach((name, value) -> values.put(name, clean(value)));
    return new StepResult(
        result.verdict(),
        result.changed(),
        result.exitCode(),
        result.signal(),
        clean(result.message()),
        values);
  }

  private String clean(String text) {
    return mask.apply(text).replace('\0', '\uFFFD');
  }

  private Step add(NewStep step, String place, int attempt) {
    String id = StepPlace.stepId(step.runId(), place, attempt);
    steps.add(id, step, place, attempt, json.write(step.prepared()), clock.instant());
    return tell(id);
  }

  private Step tell(String stepId) {
    Step step = steps.find(stepId).orElseThrow();
    feed.add(
        step.runId(), FeedEvent.Type.STEP, Optional.of(stepId), json.write(StepSummary.of(step)));
    return step;
  }
}
