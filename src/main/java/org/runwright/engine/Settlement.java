package org.runwright.engine;

import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.runwright.run.Journal;
import org.runwright.run.RunLife;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Ends the wait of an undo once no command of its run runs any more. Bounded, because every command
 * that is being ended is given up as unknown when its host stays out of reach.
 */
@Component
class Settlement {

  private static final Logger log = LoggerFactory.getLogger(Settlement.class);

  private static final int AT_ONCE = 100;

  private final ExternalTaskService tasks;
  private final WaitTasks waits;
  private final Journal journal;
  private final RunLife life;
  private final TransactionOperations transactions;

  Settlement(
      ExternalTaskService tasks,
      WaitTasks waits,
      Journal journal,
      RunLife life,
      TransactionOperations transactions) {
    this.tasks = tasks;
    this.waits = waits;
    this.journal = journal;
    this.life = life;
    this.transactions = transactions;
  }

  /** Ends the waits that need not go on. Any server may, at any time. */
  void look() {
    try {
      tasks
          .createExternalTaskQuery()
          .topicName(DurableSteps.SETTLING)
          .active()
          .listPage(0, AT_ONCE)
          .forEach(this::endIfSettled);
    } catch (RuntimeException e) {
      log.error("cannot look which undos may begin; looking again", e);
    }
  }

  private void endIfSettled(ExternalTask task) {
    try {
      transactions.executeWithoutResult(
          status -> {
            Optional<String> execution = waits.execution(task.getId());
            String runId = life.lock(task.getBusinessKey()).id();
            if (execution.isPresent() && !journal.anythingRuns(runId)) {
              waits.complete(task.getId(), Map.of());
            }
          });
    } catch (OptimisticLockingException | ConcurrencyFailureException e) {
      log.debug("someone else moved the process; looking again", e);
    }
  }
}
