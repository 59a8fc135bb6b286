package org.runwright.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.runwright.run.FollowedElsewhere;
import org.runwright.run.Journal;
import org.runwright.run.Step;
import org.runwright.run.StepOutput;
import org.runwright.step.HostUnavailable;
import org.runwright.step.StepProgress;
import org.runwright.step.StepResult;
import org.runwright.step.StepRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Ends commands on their hosts that the model has given up, and writes how they ended. */
@Component
class Endings {

  private static final Logger log = LoggerFactory.getLogger(Endings.class);

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int MOST_LOOKS = 64;

  private final Journal journal;
  private final StepLedger ledger;
  private final StepRunner runner;
  private final TransactionOperations transactions;
  private final WorkerProperties settings;
  private final Clock clock;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  Endings(
      Journal journal,
      StepLedger ledger,
      StepRunner runner,
      TransactionOperations transactions,
      WorkerProperties settings,
      Clock clock) {
    this.journal = journal;
    this.ledger = ledger;
    this.runner = runner;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
  }

  /** Begins to end what is to be ended and is not being ended yet. */
  void begin(ScheduledExecutorService threads) {
    try {
      Optional.ofNullable(transactions.execute(status -> journal.ending())).stream()
          .flatMap(steps -> steps.stream())
          .filter(step -> underWay.add(step.id()))
          .forEach(step -> threads.execute(() -> end(step, clock.instant(), threads)));
    } catch (RuntimeException e) {
      log.error("cannot look for commands to end; trying again", e);
    }
  }

  /** Whether this server is ending the step's command. */
  boolean underWay(String stepId) {
    return underWay.contains(stepId);
  }

  private void end(Step step, Instant since, ScheduledExecutorService threads) {
    try {
      StepProgress ended = runner.end(step.id(), step.prepared(), settings.endGrace());
      keepRest(step);
      ledger.endGivenUp(step, ended.result().orElseThrow());
      underWay.remove(step.id());
    } catch (HostUnavailable e) {
      if (e.lasting() || since.plus(settings.reachWithin()).isBefore(clock.instant())) {
        ledger.endGivenUp(step, unknown("could not be ended: " + e.getMessage()));
        underWay.remove(step.id());
      } else {
        again(step, since, threads);
      }
    } catch (FollowedElsewhere e) {
      again(step, since, threads);
    } catch (RuntimeException e) {
      log.error("step {} cannot be ended yet; trying again", step.id(), e);
      again(step, since, threads);
    }
  }

  private void again(Step step, Instant since, ScheduledExecutorService threads) {
    if (!threads.isShutdown()) {
      threads.schedule(() -> end(step, since, threads), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void keepRest(Step step) {
    StepOutput.Kept kept = ledger.kept(step);
    for (int look = 0; look < MOST_LOOKS; look++) {
      StepProgress rest =
          runner.observe(step.id(), step.prepared(), Optional.empty(), kept.out(), kept.err());
      boolean last = rest.result().isPresent();
      kept = ledger.keep(step, kept, rest.out(), rest.err(), last);
      if (last) {
        return;
      }
    }
  }

  private static StepResult unknown(String message) {
    return new StepResult(
        StepResult.Verdict.UNKNOWN,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        message,
        Map.of());
  }
}
