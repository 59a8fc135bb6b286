package org.runwright.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * How often this server looks at its hosts: at each quiet step every {@code
 * runwright.worker.look-every}, but at all of them together no more than {@code
 * runwright.worker.looks-per-second}, so that a thousand waiting steps cost no more than a hundred.
 * Thread-safe.
 */
@Component
class LookBudget {

  private final WorkerProperties settings;
  private final AtomicInteger driven = new AtomicInteger();

  LookBudget(WorkerProperties settings) {
    this.settings = settings;
  }

  /** So many steps are driven now. */
  void driven(int steps) {
    driven.set(steps);
  }

  /** The longest pause between two looks at a step that prints nothing. */
  Duration longestPause() {
    Duration fair = Duration.ofMillis(driven.get() * 1000L / settings.looksPerSecond());
    return fair.compareTo(settings.lookEvery()) > 0 ? fair : settings.lookEvery();
  }
}
