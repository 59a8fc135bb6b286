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
          Map<String, Step> steps =
              journal.find(claims.stream().map(StepClaim::stepId).toList()).stream()
                  .collect(Collectors.toMap(Step::id, Function.identity()));
          List<Taken> taken = new ArrayList<>();
          for (StepClaim claim : claims) {
            Step step = steps.get(claim.stepId());
            if (!queue.holds(claim) || step == null) {
              continue;
            }
            if (step.state() == StepState.RUNNING) {
              journal.goesOnAt(step, node);
              taken.add(new Taken(claim, step, true));
            } else if (journal.begin(step, node)) {
              taken.add(new Taken(claim, journal.find(step.id()).orElseThrow(), false));
            }
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

  /** Ends the step with the last of its output, and moves the process or sets another attempt. */
  void end(Taken taken, StepOutput.Kept after, StepProgress last, StepResult result) {
    run(
        () -> {
          life.lock(taken.step().runId());
          queue.mustHold(taken.claim());
          append(taken, after, last);
          Step ended = journal.end(taken.step(), state(result), result);
          int pause = ended.attempt() - 1;
          List<Duration> pauses = ended.retryPauses().isEmpty() ? PAUSES : ended.retryPauses();
          if (taken.claim().reopened() && result.verdict() == Verdict.UNKNOWN) {
            // The host says that it runs no more, and a person asked for another try.
            journal.anotherAttempt(ended, Duration.ZERO);
          } else if (repeats(ended, result.verdict()) && pause < pauses.size()) {
            journal.anotherAttempt(ended, pauses.get(pause));
          } else {
            waits.settle(ended);
          }
        });
  }

  /** Writes how a step ended that the model had given up. */
  void endGivenUp(Taken taken, StepResult result) {
    run(
        () -> {
          life.lock(taken.step().runId());
          queue.mustHold(taken.claim());
          journal.end(taken.step(), givenUpState(result), result);
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
    return output.append(
        taken.step(), after, progress.out(), progress.err(), progress.result().isPresent());
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
