package org.runwright.chaos;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Pauses of the harness's own threads. */
final class Waiting {

  private Waiting() {}

  /**
   * @throws IllegalStateException if the thread is interrupted
   */
  static void pause(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    long left = length.toNanos();
    while (left > 0) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted");
      }
      left = end - System.nanoTime();
    }
  }
}
