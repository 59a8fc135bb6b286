package org.runwright.engine;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.runwright.run.Journal;
import org.runwright.run.RunLife;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Ends the wait of an undo once no command of its run runs any more. Bounded, because every command
 * that is being ended is given up as unknown when its host stays out of reach.
 */
@Component
class Settlement {

  private static final Logger log = LoggerFactory.getLogger(Settlement.class);

  private static final long LOOK_EVERY_MILLISECONDS = 200;

  private final ExternalTaskService tasks;
  private final Journal journal;
  private final RunLife life;
  private final TransactionOperations transactions;
  private final WorkerProperties settings;

  Settlement(
      ExternalTaskService tasks,
      Journal journal,
      RunLife life,
      TransactionOperations transactions,
      WorkerProperties settings) {
    this.tasks = tasks;
    this.journal = journal;
    this.life = life;
    this.transactions = transactions;
    this.settings = settings;
  }

  void await(LockedExternalTask task, ScheduledExecutorService threads) {
    threads.execute(() -> look(task, threads));
  }

  private void look(LockedExternalTask task, ScheduledExecutorService threads) {
    try {
      Boolean done = transactions.execute(status -> endIfSettled(task));
      if (Boolean.TRUE.equals(done)) {
        return;
      }
      tasks.extendLock(task.getId(), task.getWorkerId(), settings.lease().toMillis());
    } catch (OptimisticLockingException e) {
      log.debug("someone else moved the process; looking again", e);
    } catch (RuntimeException e) {
      log.info("the wait of task {} is over for this server: {}", task.getId(), e.getMessage());
      return;
    }
    if (!threads.isShutdown()) {
      threads.schedule(() -> look(task, threads), LOOK_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean endIfSettled(LockedExternalTask task) {
    String runId = life.lock(task.getBusinessKey()).id();
    if (journal.anythingRuns(runId)) {
      return false;
    }
    tasks.complete(task.getId(), task.getWorkerId());
    return true;
  }
}
