package org.runwright.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
  private final StepQueue queue;
  private final Parallelism parallelism;
  private final Runs runs;
  private final News news;
  private final Mask mask;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  Journal(
      Steps steps,
      StepQueue queue,
      Parallelism parallelism,
      Runs runs,
      News news,
      Mask mask,
      Clock clock,
      ApplicationEventPublisher events) {
    this.steps = steps;
    this.queue = queue;
    this.parallelism = parallelism;
    this.runs = runs;
    this.news = news;
    this.mask = mask;
    this.clock = clock;
    this.events = events;
  }

  /**
   * Writes steps of one run and element that are to be run: now, or where only so many may at once,
   * the others as these end ({@link Parallelism}).
   */
  public List<Step> open(List<NewStep> news) {
    NewStep first = news.get(0);
    runs.lock(first.runId());
    Set<String> taken = steps.places(first.runId(), first.element());
    int seq = steps.lastSeq(first.runId());
    List<Step> opened = new ArrayList<>();
    for (NewStep step : news) {
      int visit = 0;
      String place = StepPlace.of(step.runId(), step.element(), step.path(), visit);
      while (taken.contains(place)) {
        place = StepPlace.of(step.runId(), step.element(), step.path(), ++visit);
      }
      opened.add(row(step, place, 1, ++seq));
    }
    add(opened);
    return opened;
  }

  /** The newest attempt of each step that the engine waits for with this visit of an element. */
  public List<Step> latest(String activity) {
    return steps.latest(activity);
  }

  /** Whether the engine waits, with this visit of an element, for a step that has not ended. */
  public boolean anyUnfinished(String activity) {
    return steps.anyUnfinished(activity);
  }

  /** The steps of these ids, of one run after the other, in the order of the journal. */
  public List<Step> find(Collection<String> stepIds) {
    return stepIds.isEmpty() ? List.of() : steps.find(stepIds);
  }

  /**
   * Marks steps as sent to their hosts by a server, now. The caller holds the lock of the run.
   *
   * @return those that may be sent, as they are now: not one that ended, or that the model gave up
   */
  public List<Step> begin(List<Step> pending, String node) {
    Instant now = clock.instant();
    List<Step> begun = new ArrayList<>();
    for (Step step : pending) {
      if (steps.begin(step.id(), node, now)) {
        news.step(step.runId(), step.id());
        begun.add(step.begun(node, now));
      }
    }
    return begun;
  }

  /** Writes which server goes on with the step. */
  public void goesOnAt(Step step, String node) {
    if (!step.node().equals(Optional.of(node))) {
      steps.setNode(step.id(), node);
    }
  }

  /**
   * Writes how a step ended, and takes it out of the queue. The caller holds the lock of the run.
   *
   * @throws LeaseLost if the claim does not hold
   */
  public Step end(StepClaim claim, Step step, StepState state, StepResult result) {
    if (!queue.remove(claim)) {
      throw new LeaseLost(step.id());
    }
    StepResult told = StoredText.of(result, mask);
    Instant now = clock.instant();
    steps.end(step.id(), state, told, now);
    if (state == StepState.SUCCEEDED) {
      step.undoOf().ifPresent(steps::markUndone);
    }
    news.step(step.runId(), step.id());
    Step ended = step.ended(state, told, now);
    events.publishEvent(new StepEnded(ended));
    return ended;
  }

  /** Writes that the run stands until a person decides about the step, or no longer does. */
  public void awaitPerson(Step step, boolean awaits) {
    runs.lock(step.runId());
    if (steps.setAwaitsPerson(step.id(), awaits)) {
      news.step(step.runId(), step.id());
    }
  }

  /**
   * Writes the next attempt of a step that has just failed or whose outcome is unknown. It keeps
   * the place that the step had among those that may be under way at once.
   *
   * @param pause after which it is to begin
   */
  public void anotherAttempt(Step step, Duration pause) {
    Step next = nextAttempt(step);
    steps.add(List.of(next));
    queue.add(
        List.of(next),
        pause.isZero() ? Optional.empty() : Optional.of(clock.instant().plus(pause)));
    news.step(next.runId(), next.id());
  }

  /** Writes the next attempt of a step that a person wants to be tried again. */
  public void tryAgain(Step step) {
    add(List.of(nextAttempt(step)));
  }

  private Step nextAttempt(Step step) {
    runs.lock(step.runId());
    if (steps.setAwaitsPerson(step.id(), false)) {
      news.step(step.runId(), step.id());
    }
    NewStep again =
        new NewStep(
            step.runId(),
            step.element(),
            "",
            step.engineWait(),
            step.prepared(),
            step.level(),
            step.undoOf(),
            step.retryPauses());
    int seq = steps.lastSeq(step.runId()) + 1;
    return row(again, step.place(), step.attempt() + 1, seq);
  }

  /**
   * Writes that a step of unknown outcome is looked for again on its host: it may still run there,
   * or have ended, and only the host knows.
   */
  public void reopen(Step step) {
    runs.lock(step.runId());
    steps.reopen(step.id());
    queue.addReopened(step);
    news.step(step.runId(), step.id());
  }

  /**
   * Writes that a step of unknown outcome, which its process had passed, is looked for again and
   * waited for with another visit of its element.
   */
  public void reopen(Step step, EngineWait wait) {
    runs.lock(step.runId());
    steps.moveTo(step.id(), wait);
    reopen(step);
  }

  /** Writes that the run goes on as if the step had succeeded. */
  public void skip(Step step) {
    runs.lock(step.runId());
    steps.skip(step.id(), clock.instant());
    news.step(step.runId(), step.id());
  }

  /**
   * The model no longer wants the steps that the engine waited for with this visit of an element.
   * What has not begun never will; what runs on a host is to be ended there.
   *
   * @return whether a command has to be ended
   */
  public boolean giveUp(String activity) {
    boolean anyRuns = false;
    for (Step known : steps.latest(activity)) {
      runs.lock(known.runId());
      anyRuns |= giveUp(steps.get(known.runId(), known.id()));
    }
    return anyRuns;
  }

  private boolean giveUp(Step step) {
    boolean perhapsRuns =
        step.state() == StepState.RUNNING
            || step.state() == StepState.UNKNOWN && step.awaitsPerson();
    boolean awaited = steps.setAwaitsPerson(step.id(), false);
    if (step.state() == StepState.PENDING) {
      steps.cancelPending(step.id(), clock.instant());
      queue.remove(step.id());
    } else if (perhapsRuns) {
      steps.reopen(step.id());
      steps.markEnding(step.id());
      queue.addOrRevoke(step);
    } else if (!awaited) {
      return false;
    }
    news.step(step.runId(), step.id());
    return perhapsRuns;
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

  /**
   * The same for some of its steps, to be undone one after the other, latest first: what a run did
   * to one host is a chain, whose links do not come loose side by side.
   */
  public List<List<Step>> toUndo(String runId, Predicate<Step> some) {
    return UndoOrder.oneByOne(steps.of(runId).stream().filter(some).toList());
  }

  private Step row(NewStep step, String place, int attempt, int seq) {
    return StepRows.pending(
        StepPlace.stepId(step.runId(), place, attempt), step, place, attempt, seq, clock.instant());
  }

  private void add(List<Step> opened) {
    steps.add(opened);
    parallelism.file(opened);
    opened.forEach(step -> news.step(step.runId(), step.id()));
  }
}
