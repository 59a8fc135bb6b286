package org.runwright.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;
import org.runwright.run.Retention;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what has been kept for long enough; what it does not get done is done the next time. */
@DisallowConcurrentExecution
class Housekeeping implements Job {

  static final String NAME = "housekeeping";

  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration LONGEST = Duration.ofMinutes(50);

  private final Retention retention;
  private final Firings firings;
  private final Clock clock;

  Housekeeping(Retention retention, Firings firings, Clock clock) {
    this.retention = retention;
    this.firings = firings;
    this.clock = clock;
  }

  @Override
  public void execute(JobExecutionContext context) throws JobExecutionException {
    Instant until = clock.instant().plus(LONGEST);
    try {
      int output = all(retention::deleteOutput, context, until);
      int runs = all(retention::deleteRuns, context, until);
      firings.forget();
      String done = "output of %d runs deleted, %d runs deleted".formatted(output, runs);
      context.setResult(done);
      log.info("{} on node {}: {}", NAME, context.getScheduler().getSchedulerInstanceId(), done);
    } catch (SchedulerException | RuntimeException e) {
      throw new JobExecutionException("housekeeping broke off; it goes on the next time", e);
    }
  }

  private int all(IntSupplier batch, JobExecutionContext context, Instant until)
      throws SchedulerException {
    int sum = 0;
    int done = 1;
    // A scheduler in standby is about to shut down, and waits for this job.
    while (done > 0
        && !context.getScheduler().isInStandbyMode()
        && clock.instant().isBefore(until)) {
      done = batch.getAsInt();
      sum += done;
    }
    return sum;
  }
}
