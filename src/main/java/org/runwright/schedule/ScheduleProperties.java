package org.runwright.schedule;

import org.quartz.CronExpression;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the clock.
 *
 * @param threads how many jobs this server runs at the same time
 * @param housekeeping when old output and runs are deleted, as Quartz's cron expression; one server
 *     of a database does it each time
 */
@ConfigurationProperties("runwright.schedule")
record ScheduleProperties(
    @DefaultValue("4") int threads, @DefaultValue("0 17 * * * ?") String housekeeping) {

  ScheduleProperties {
    if (threads < 1) {
      throw new IllegalArgumentException("runwright.schedule.threads must be 1 or more");
    }
    if (!CronExpression.isValidExpression(housekeeping)) {
      throw new IllegalArgumentException(
          "runwright.schedule.housekeeping is no cron expression of Quartz: " + housekeeping);
    }
  }
}
