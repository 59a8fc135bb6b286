package org.runwright.ssh;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The time limits of all connections, on one thread. */
final class Timers implements AutoCloseable {

  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, task -> daemon(task, "ssh-timers"));

  /** For what a timer sets off: breaking a connection off may wait for a lock. */
  private final ExecutorService workers =
      Executors.newCachedThreadPool(task -> daemon(task, "ssh-breaks"));

  Timers() {
    clock.setRemoveOnCancelPolicy(true);
  }

  /**
   * Runs the task after the delay unless it was cancelled.
   *
   * @throws SshFailure if the server is stopping
   */
  Future<?> after(Duration delay, Runnable task) {
    try {
      return clock.schedule(() -> workers.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw stopping(e);
    }
  }

  /**
   * Runs the task again and again until it is cancelled; also while an earlier turn is stuck.
   *
   * @throws SshFailure if the server is stopping
   */
  Future<?> every(Duration pause, Runnable task) {
    long millis = pause.toMillis();
    try {
      return clock.scheduleWithFixedDelay(
          () -> workers.execute(task), millis, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw stopping(e);
    }
  }

  private static SshFailure stopping(RejectedExecutionException cause) {
    return SshFailure.notSent("the server is stopping", false, cause);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    workers.shutdown();
  }
}
