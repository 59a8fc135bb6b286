package org.runwright.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.listeners.JobListenerSupport;
import org.runwright.run.RunNode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Writes each time a job fires, on which node, and how it ended; a firing without an end broke off
 * with its server. Thread-safe.
 */
@Repository
class Firings extends JobListenerSupport {

  private static final Duration KEPT = Duration.ofDays(30);
  private static final int LONGEST_MESSAGE = 2000;

  private final JdbcClient jdbc;
  private final RunNode node;
  private final Clock clock;

  Firings(JdbcClient jdbc, RunNode node, Clock clock) {
    this.jdbc = jdbc;
    this.node = node;
    this.clock = clock;
  }

  @Override
  public String getName() {
    return "firings";
  }

  @Override
  public void jobToBeExecuted(JobExecutionContext context) {
    jdbc.sql(
            """
            insert into schedule_firing (id, job, node, scheduled_at, fired_at)
            values (:id, :job, :node, :scheduled, :fired)
            """)
        .param("id", context.getFireInstanceId())
        .param("job", context.getJobDetail().getKey().getName())
        .param("node", node.id())
        .param("scheduled", utc(context.getScheduledFireTime().toInstant()))
        .param("fired", utc(clock.instant()))
        .update();
  }

  @Override
  public void jobWasExecuted(JobExecutionContext context, @Nullable JobExecutionException failure) {
    String message = String.valueOf(failure == null ? context.getResult() : failure.getMessage());
    jdbc.sql("update schedule_firing set ended_at = :ended, message = :message where id = :id")
        .param("ended", utc(clock.instant()))
        .param("message", message.substring(0, Math.min(LONGEST_MESSAGE, message.length())))
        .param("id", context.getFireInstanceId())
        .update();
  }

  /** Deletes the firings of long ago. */
  void forget() {
    jdbc.sql("delete from schedule_firing where fired_at < :before")
        .param("before", utc(clock.instant().minus(KEPT)))
        .update();
  }

  private static OffsetDateTime utc(Instant time) {
    return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
  }
}
