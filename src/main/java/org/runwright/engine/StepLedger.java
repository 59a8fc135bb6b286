package org.runwright.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.runwright.run.Feed;
import org.runwright.run.FeedEvent;
import org.runwright.run.Journal;
import org.runwright.run.RunLife;
import org.runwright.run.Step;
import org.runwright.run.StepOutput;
import org.runwright.run.StepState;
import org.runwright.step.StepResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The transactions of a step's life: the journal's row, the run's state and the process's next move
 * commit together. Steps of one run go one at a time, because each takes the lock of its run's row
 * first.
 */
@Component
class StepLedger {

  private static final Logger log = LoggerFactory.getLogger(StepLedger.class);

  private static final int TRIES = 8;
  private static final int MOST_ATTEMPTS = 3;

  private final Journal journal;
  private final StepOutput output;
  private final Feed feed;
  private final RunLife life;
  private final ExternalTaskService tasks;
  private final CaughtErrors caught;
  private final TransactionOperations transactions;

  StepLedger(
      Journal journal,
      StepOutput output,
      Feed feed,
      RunLife life,
      ExternalTaskService tasks,
      CaughtErrors caught,
      TransactionOperations transactions) {
    this.journal = journal;
    this.output = output;
    this.feed = feed;
    this.life = life;
    this.tasks = tasks;
    this.caught = caught;
    this.transactions = transactions;
  }

  /**
   * A step to work on.
   *
   * @param begunBefore whether it may run on its host already
   * @param reopened whether its outcome was unknown and a person asked for a retry
   */
  record Taken(Step step, boolean begunBefore, boolean reopened) {}

  /**
   * The step of a leased task, marked as running: a new one, one that another server left, or, when
   * a person asked for a retry, a new attempt; but one of unknown outcome first as it was, because
   * it may still run. Empty if there is nothing left to run.
   */
  Optional<Taken> take(LockedExternalTask task) {
    return again(
        () -> {
          Step step = journal.latest(task.getActivityInstanceId()).orElseThrow();
          life.lock(step.runId());
          step = journal.find(step.id()).orElseThrow();
          boolean reopened = step.state() == StepState.UNKNOWN;
          if (reopened) {
            step = journal.reopen(step);
            life.goOnIfNothingWaits(step.runId());
          } else if (step.state() == StepState.FAILED) {
            step = journal.anotherAttempt(step);
            life.goOnIfNothingWaits(step.runId());
          } else if (step.state().ended()) {
            tasks.complete(task.getId(), task.getWorkerId());
            return Optional.empty();
          }
          boolean begunBefore = step.state() == StepState.RUNNING;
          if (!begunBefore && !journal.begin(step)) {
            return Optional.empty();
          }
          return Optional.of(
              new Taken(journal.find(step.id()).orElseThrow(), begunBefore, reopened));
        });
  }

  /** Keeps what the step printed. */
  StepOutput.Kept keep(Step step, StepOutput.Kept after, byte[] out, byte[] err, boolean last) {
    return again(() -> output.append(step, after, out, err, last));
  }

  StepOutput.Kept kept(Step step) {
    return again(() -> output.kept(step.id()));
  }

  /**
   * Ends the step and moves the process.
   *
   * @return the next attempt, if the step is to be tried again at once
   */
  Optional<Step> end(LockedExternalTask task, Step step, StepResult result) {
    return switch (result.verdict()) {
      case SUCCEEDED -> succeed(task, step, result);
      case FAILED -> fail(task, step, result);
      case UNKNOWN -> repeatOrStand(task, step, result, step.prepared().safeToRepeat());
      case NEVER_BEGAN -> repeatOrStand(task, step, result, true);
    };
  }

  private Optional<Step> succeed(LockedExternalTask task, Step step, StepResult result) {
    again(
        () -> {
          life.lock(step.runId());
          if (!stillWanted(step)) {
            journal.end(step, StepState.SUCCEEDED, result);
            return Optional.empty();
          }
          Map<String, Object> found = new HashMap<>(result.values());
          result.changed().ifPresent(changed -> found.put("changed", changed));
          journal.end(step, StepState.SUCCEEDED, result);
          tasks.complete(task.getId(), task.getWorkerId(), Map.of(), Map.of("result", found));
          return Optional.empty();
        });
    return Optional.empty();
  }

  private Optional<Step> fail(LockedExternalTask task, Step step, StepResult result) {
    again(
        () -> {
          life.lock(step.runId());
          boolean wanted = stillWanted(step);
          Step ended = journal.end(step, StepState.FAILED, result);
          if (wanted && caught.isCaught(task.getExecutionId(), Variables.STEP_FAILED)) {
            tasks.handleBpmnError(
                task.getId(),
                task.getWorkerId(),
                Variables.STEP_FAILED,
                Texts.head(result.message()),
                Map.of(Variables.CHECK_OUTPUT, lastLines(step)));
          } else if (wanted) {
            awaitPerson(task, ended, result);
          }
          return Optional.empty();
        });
    return Optional.empty();
  }

  private Optional<Step> repeatOrStand(
      LockedExternalTask task, Step step, StepResult result, boolean repeat) {
    if (!repeat || step.attempt() >= MOST_ATTEMPTS) {
      if (result.verdict() == StepResult.Verdict.NEVER_BEGAN) {
        return fail(task, step, result);
      }
      stand(task, step, result);
      return Optional.empty();
    }
    return repeat(step, result);
  }

  /** Ends this attempt and begins the next, if the model still wants the step. */
  Optional<Step> repeat(Step step, StepResult result) {
    return again(
        () -> {
          life.lock(step.runId());
          boolean wanted = stillWanted(step);
          Step ended = journal.end(step, state(result), result);
          if (!wanted) {
            return Optional.empty();
          }
          Step next = journal.anotherAttempt(ended);
          journal.begin(next);
          return Optional.of(journal.find(next.id()).orElseThrow());
        });
  }

  /** The run stands until a person decides; Cockpit shows an incident whose retry works. */
  private void stand(LockedExternalTask task, Step step, StepResult result) {
    again(
        () -> {
          life.lock(step.runId());
          boolean wanted = stillWanted(step);
          Step ended = journal.end(step, StepState.UNKNOWN, result);
          if (wanted) {
            awaitPerson(task, ended, result);
          }
          return Optional.empty();
        });
  }

  private void awaitPerson(LockedExternalTask task, Step ended, StepResult result) {
    journal.awaitPerson(ended, true);
    tasks.handleFailure(task.getId(), task.getWorkerId(), result.message(), 0, 0);
  }

  /** Writes how a step ended that the model had given up. */
  void endGivenUp(Step step, StepResult result) {
    again(
        () -> {
          life.lock(step.runId());
          Step now = journal.find(step.id()).orElseThrow();
          if (now.state() == StepState.RUNNING) {
            journal.end(now, givenUpState(result), result);
          }
          return Optional.empty();
        });
  }

  private boolean stillWanted(Step step) {
    return !journal.find(step.id()).orElseThrow().ending();
  }

  private static StepState state(StepResult result) {
    return switch (result.verdict()) {
      case SUCCEEDED -> StepState.SUCCEEDED;
      case FAILED, NEVER_BEGAN -> StepState.FAILED;
      case UNKNOWN -> StepState.UNKNOWN;
    };
  }

  private static StepState givenUpState(StepResult result) {
    return switch (result.verdict()) {
      case SUCCEEDED -> StepState.SUCCEEDED;
      case FAILED, NEVER_BEGAN -> StepState.CANCELLED;
      case UNKNOWN -> StepState.UNKNOWN;
    };
  }

  private String lastLines(Step step) {
    String text =
        feed.outputAfter(step.runId(), Optional.of(step.id()), 0, 1000).stream()
            .map(FeedEvent::body)
            .collect(Collectors.joining());
    return Texts.tail(text);
  }

  private <T> T again(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transactions.execute(status -> work.get());
      } catch (OptimisticLockingException | ConcurrencyFailureException e) {
        if (attempt == TRIES) {
          throw e;
        }
        log.debug("someone else moved the process; trying again", e);
      }
    }
  }
}
