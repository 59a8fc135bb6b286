package org.runwright.run;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What happens to runs by the passing of time: waiting ones begin, overdue ones are cancelled. */
@Component
class RunClock {

  private static final Logger log = LoggerFactory.getLogger(RunClock.class);

  private final Runs runs;
  private final RunQueue queue;
  private final RunControl control;
  private final Drain drain;
  private final Clock clock;

  RunClock(Runs runs, RunQueue queue, RunControl control, Drain drain, Clock clock) {
    this.runs = runs;
    this.queue = queue;
    this.control = control;
    this.drain = drain;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = 1000)
  void tick() {
    if (drain.underWay()) {
      return;
    }
    queue.beginWaiting();
    for (String runId : runs.overdue(clock.instant())) {
      try {
        control.timeOut(runId);
      } catch (RuntimeException e) {
        log.warn("run {} is over its time limit and cannot be cancelled yet", runId, e);
      }
    }
  }
}
