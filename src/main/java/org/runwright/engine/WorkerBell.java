package org.runwright.engine;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Wakes the step worker when there may be work, so that nothing waits for a poll. */
@Component
class WorkerBell {

  private final Semaphore rung = new Semaphore(0);

  void ring() {
    if (rung.availablePermits() == 0) {
      rung.release();
    }
  }

  void ringOnCommit() {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      ring();
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            ring();
          }
        });
  }

  /** Waits for the bell, at most so long. */
  void await(long milliseconds) throws InterruptedException {
    if (rung.tryAcquire(milliseconds, TimeUnit.MILLISECONDS)) {
      rung.drainPermits();
    }
  }
}
