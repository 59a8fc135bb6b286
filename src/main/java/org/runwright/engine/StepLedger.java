package org.runwright.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.runwright.run.Journal;
import org.runwright.run.RunLife;
import org.runwright.run.RunNode;
import org.runwright.run.Step;
import org.runwright.run.StepClaim;
import org.runwright.run.StepOutput;
import org.runwright.run.StepQueue;
import org.runwright.run.StepState;
import org.runwright.step.StepProgress;
import org.runwright.step.StepResult;
import org.runwright.step.StepResult.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The transactions of a step's life: the journal's row, the run's state and the process's next move
 * commit together, and only while the claim holds. Steps of one run go one at a time, because each
 * takes the lock of its run's row first.
 */
@Component
class StepLedger {

  private static final Logger log = LoggerFactory.getLogger(StepLedger.class);

  private static final int TRIES = 8;

  /** Between the attempts of a step whose model declares no retries. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(500), Duration.ofSeconds(1));

  private final Journal journal;
  private final StepQueue queue;
  private final StepOutput output;
  private final RunLife life;
  private final StepWaits waits;
  private final TransactionOperations transactions;
  private final String node;

  StepLedger(
      Journal journal,
      StepQueue queue,
      StepOutput output,
      RunLife life,
      StepWaits waits,
      TransactionOperations transactions,
      RunNode node) {
    this.journal = journal;
    this.queue = queue;
    this.output = output;
    this.life = life;
    this.waits = waits;
    this.transactions = transactions;
    this.node = node.id();
  }

  /**
   * A step to drive.
   *
   * @param begunBefore whether it may run on its host already
   */
  record Taken(StepClaim claim, Step step, boolean begunBefore) {}

  /** Marks claimed steps of one run as running; those that are left to drive. */
  List<Taken> take(List<StepClaim> claims) {
    return again(
        () -> {
          life.lock(claims.get(0).runId());
          Map<String, StepClaim> held =
              queue.held(claims).stream()
                  .collect(Collectors.toMap(StepClaim::stepId, Function.identity()));
          List<Step> steps = journal.find(held.keySet());
          List<Taken> taken = new ArrayList<>();
          for (Step step : steps) {
            if (step.state() == StepState.RUNNING) {
              journal.goesOnAt(step, node);
              taken.add(new Taken(held.get(step.id()), step, true));
            }
          }
          List<Step> pending =
              steps.stream().filter(step -> step.state() == StepState.PENDING).toList();
          for (Step step : journal.begin(pending, node)) {
            taken.add(new Taken(held.get(step.id()), step, false));
          }
          return taken;
        });
  }

  /** Keeps what the step printed. */
  StepOutput.Kept keep(Taken taken, StepOutput.Kept after, StepProgress progress) {
    if (progress.out().length + progress.err().length == 0) {
      return after;
    }
    return again(
        () -> {
          life.lock(taken.step().runId());
          queue.mustHold(taken.claim());
          return append(taken, after, progress);
        });
  }

  /** How a step ended, and what it printed at last. */
  record Ended(Taken taken, StepOutput.Kept after, StepProgress last, StepResult result) {}

  /**
   * Ends steps of one run with the last of their output, and moves the process or sets further
   * attempts.
   *
   * @throws org.runwright.run.LeaseLost if one of the claims does not hold; none is ended then
   */
  void end(List<Ended> ends) {
    run(
        () -> {
          life.lock(ends.get(0).taken().step().runId());
          ends.forEach(this::end);
        });
  }

  private void end(Ended end) {
    StepResult result = end.result();
    append(end.taken(), end.after(), end.last());
    Step ended = journal.end(end.taken().claim(), end.taken().step(), state(result), result);
    int pause = ended.attempt() - 1;
    List<Duration> pauses = ended.retryPauses().isEmpty() ? PAUSES : ended.retryPauses();
    if (end.taken().claim().reopened() && result.verdict() == Verdict.UNKNOWN) {
      // The host says that it runs no more, and a person asked for another try.
      journal.anotherAttempt(ended, Duration.ZERO);
    } else if (repeats(ended, result.verdict()) && pause < pauses.size()) {
      journal.anotherAttempt(ended, pauses.get(pause));
    } else {
      waits.settle(ended);
    }
  }

  /** Writes how a step ended that the model had given up. */
  void endGivenUp(Taken taken, StepResult result) {
    run(
        () -> {
          life.lock(taken.step().runId());
          journal.end(taken.claim(), taken.step(), givenUpState(result), result);
        });
  }

  /** Only what is safe to repeat is repeated, and what never began. */
  private static boolean repeats(Step step, Verdict verdict) {
    return switch (verdict) {
      case SUCCEEDED -> false;
      case FAILED -> step.prepared().safeToRepeat() && !step.retryPauses().isEmpty();
      case UNKNOWN -> step.prepared().safeToRepeat();
      case NEVER_BEGAN -> true;
    };
  }

  private StepOutput.Kept append(Taken taken, StepOutput.Kept after, StepProgress progress) {
    return output.append(taken.step(), after, progress);
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

  private void run(Runnable work) {
    again(
        () -> {
          work.run();
          return true;
        });
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
