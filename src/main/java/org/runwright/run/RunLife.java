package org.runwright.run;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves runs from state to state, by the rules of {@link RunState}. Every move joins the caller's
 * transaction and is told in the run's feed. Thread-safe.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class RunLife {

  private static final Logger log = LoggerFactory.getLogger(RunLife.class);

  private final Runs runs;
  private final Steps steps;
  private final RunLocks locks;
  private final News news;
  private final FeedWriter writer;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  RunLife(
      Runs runs,
      Steps steps,
      RunLocks locks,
      News news,
      FeedWriter writer,
      Clock clock,
      ApplicationEventPublisher events) {
    this.runs = runs;
    this.steps = steps;
    this.locks = locks;
    this.news = news;
    this.writer = writer;
    this.clock = clock;
    this.events = events;
  }

  /** The run, which nobody else changes until the end of the transaction. */
  public Run lock(String runId) {
    return runs.lock(runId);
  }

  /**
   * It goes on only with these locks, too: it calls the process of a runbook that has them.
   *
   * @throws RunRefused if another run has one
   */
  public void holdLocks(String runId, Collection<String> names) {
    locks
        .takeMore(runId, names)
        .ifPresent(
            held -> {
              throw new RunRefused(RunRefused.Cause.CONFLICT, "waits for " + held);
            });
  }

  /** It waits for people to allow it. */
  public void awaitApproval(String runId, String whose) {
    move(runId, RunState.AWAITING_APPROVAL, "approval by " + whose);
  }

  /** It goes on, if it stood. */
  public void goOn(String runId) {
    move(runId, RunState.RUNNING, null);
  }

  /** What it changed is being undone, because of this. */
  public void compensate(String runId, String reason) {
    runs.setMessage(runId, reason);
    move(runId, RunState.COMPENSATING, null);
  }

  /** It stands until a person decides about this; an undo that stands stays an undo. */
  public void suspend(String runId, String about) {
    boolean undo = runs.lock(runId).state() == RunState.COMPENSATING;
    move(runId, undo ? RunState.COMPENSATING : RunState.SUSPENDED, about);
  }

  /** It goes on if nothing of it waits for a person any more. */
  public void goOnIfNothingWaits(String runId) {
    RunState state = runs.lock(runId).state();
    if (steps.anyAwaitsPerson(runId)) {
      return;
    }
    if (state == RunState.SUSPENDED) {
      move(runId, RunState.RUNNING, null);
    } else if (state == RunState.COMPENSATING) {
      runs.setWaitsFor(runId, null);
      tell(runId);
    }
  }

  /** Whether anything that the run changed was undone. */
  public boolean anythingUndone(String runId) {
    return steps.anythingUndone(runId);
  }

  /** It came to its end; it is told to have ended once none of its commands runs any more. */
  public void end(String runId, RunState end, Optional<String> message) {
    message.ifPresent(text -> runs.setMessage(runId, text));
    if (steps.anythingRuns(runId)) {
      runs.setEndState(runId, end);
      runs.setWaitsFor(runId, "commands to be ended on their hosts");
      tell(runId);
    } else {
      move(runId, end, null);
    }
  }

  @EventListener
  void stepEnded(StepEnded ended) {
    String runId = ended.step().runId();
    Optional<RunState> end = runs.endState(runId);
    if (end.isPresent() && !steps.anythingRuns(runId)) {
      move(runId, end.get(), null);
    }
  }

  private void move(String runId, RunState to, @Nullable String waitsFor) {
    Run run = runs.lock(runId);
    if (run.state() == to) {
      if (waitsFor != null && !run.waitsFor().equals(Optional.of(waitsFor))) {
        runs.setWaitsFor(runId, waitsFor);
        tell(runId);
      }
      return;
    }
    if (!run.state().next().contains(to)) {
      throw new IllegalStateException(
          "run " + runId + " is " + run.state() + " and cannot become " + to);
    }
    runs.setState(runId, to, waitsFor, clock.instant());
    log.info("run {} ({}) {} -> {}", runId, run.runbook(), run.state(), to);
    if (to.ended()) {
      locks.release(runId);
      events.publishEvent(new RunEnded(runs.get(runId)));
    }
    tell(runId);
  }

  void tell(String runId) {
    news.run(runId);
  }

  /** Tells of a new run at once, so that its feed begins with the request. */
  void announce(String runId) {
    writer.write(runId, List.of(), true);
  }
}
