package org.runwright.run;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Begins runs when their locks are free, in the order of arrival. Thread-safe. */
@Component
class RunQueue {

  private static final Logger log = LoggerFactory.getLogger(RunQueue.class);

  private final Runs runs;
  private final RunLocks locks;
  private final RunLife life;
  private final ObjectProvider<RunEngine> engine;
  private final TransactionOperations transactions;
  private final Clock clock;

  RunQueue(
      Runs runs,
      RunLocks locks,
      RunLife life,
      ObjectProvider<RunEngine> engine,
      TransactionOperations transactions,
      Clock clock) {
    this.runs = runs;
    this.locks = locks;
    this.life = life;
    this.engine = engine;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Until the end of the transaction nobody else begins runs. */
  void closeGate() {
    locks.closeGate();
  }

  /** Begins the new run, if nothing that it needs is held or waited for. The gate is closed. */
  void beginIfFree(Run run) {
    List<Run> ahead = new ArrayList<>(runs.queued());
    ahead.removeIf(other -> other.id().equals(run.id()));
    Optional<String> obstacle = locks.take(run, ahead);
    if (obstacle.isPresent()) {
      runs.setWaitsFor(run.id(), obstacle.get());
      life.tell(run.id());
    } else {
      begin(run);
    }
  }

  /** Begins what waits and need not wait any longer. */
  void beginWaiting() {
    for (Run waiting : runs.queued()) {
      try {
        transactions.executeWithoutResult(status -> tryAgain(waiting.id()));
      } catch (RuntimeException e) {
        log.warn("run {} cannot begin", waiting.id(), e);
        transactions.executeWithoutResult(
            status ->
                life.end(
                    waiting.id(), RunState.FAILED, Optional.of("cannot begin: " + e.getMessage())));
      }
    }
  }

  private void tryAgain(String runId) {
    locks.closeGate();
    Run run = runs.lock(runId);
    if (run.state() != RunState.QUEUED) {
      return;
    }
    List<Run> ahead = runs.queued().stream().takeWhile(other -> !other.id().equals(runId)).toList();
    Optional<String> obstacle = locks.take(run, ahead);
    if (obstacle.isEmpty()) {
      begin(run);
    } else if (!obstacle.equals(run.waitsFor())) {
      runs.setWaitsFor(runId, obstacle.get());
      life.tell(runId);
    }
  }

  private void begin(Run run) {
    String instance = engine.getObject().begin(run);
    runs.setProcessInstance(run.id(), instance);
    if (runs.get(run.id()).state() == RunState.QUEUED) {
      life.goOn(run.id());
    }
    log.info("run {} of {} began at {}", run.id(), run.runbook(), clock.instant());
  }
}
