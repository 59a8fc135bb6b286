package org.runwright.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.runwright.lab.TestTables;
import org.runwright.run.RunNode;
import org.springframework.boot.autoconfigure.quartz.QuartzProperties;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/** Two servers on one database: what the clock promises. */
abstract class SchedulerContract {

  private static final int TIMES = 15;

  private final TestTables tables = tables();
  private final List<SchedulerFactoryBean> schedulers = new ArrayList<>();

  abstract TestTables tables();

  /** Does nothing; that it fired is written down by the scheduler's listener. */
  public static final class Nothing implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      context.setResult("done");
    }
  }

  @AfterEach
  void close() throws SchedulerException {
    for (SchedulerFactoryBean scheduler : schedulers) {
      scheduler.destroy();
    }
    tables.close();
  }

  @Test
  void each_trigger_fires_once_although_two_servers_could() throws Exception {
    SchedulerFactoryBean one = server("one");
    SchedulerFactoryBean other = server("other");
    JobDetail job = JobBuilder.newJob(Nothing.class).withIdentity("count").build();
    one.getScheduler()
        .scheduleJob(
            job,
            TriggerBuilder.newTrigger()
                .withSchedule(
                    SimpleScheduleBuilder.simpleSchedule()
                        .withIntervalInMilliseconds(100)
                        .withRepeatCount(TIMES - 1))
                .build());
    one.start();
    other.start();

    await().atMost(Duration.ofSeconds(60)).until(() -> count("ended_at is not null") == TIMES);

    assertThat(
            tables
                .jdbc()
                .sql("select count(distinct scheduled_at) from schedule_firing")
                .query(Integer.class)
                .single())
        .isEqualTo(TIMES);
    assertThat(count("message = 'done'")).isEqualTo(TIMES);
    assertThat(count("node in ('one', 'other')")).isEqualTo(TIMES);
  }

  @Test
  void what_was_scheduled_outlives_the_servers() throws Exception {
    SchedulerFactoryBean first = server("one");
    JobDetail job = JobBuilder.newJob(Nothing.class).withIdentity("later").build();
    first.getScheduler().scheduleJob(job, TriggerBuilder.newTrigger().build());
    first.destroy();
    schedulers.clear();

    server("other").start();

    await().atMost(Duration.ofSeconds(60)).until(() -> count("job = 'later'") == 1);
    assertThat(count("node = 'other'")).isEqualTo(1);
  }

  private int count(String condition) {
    return tables
        .jdbc()
        .sql("select count(*) from schedule_firing where " + condition)
        .query(Integer.class)
        .single();
  }

  private SchedulerFactoryBean server(String name) throws Exception {
    RunNode node = new RunNode(name, "unused");
    Firings firings = new Firings(tables.jdbc(), node, Clock.systemUTC());
    SchedulerFactoryBean scheduler = new SchedulerFactoryBean();
    scheduler.setDataSource(tables.dataSource());
    scheduler.setTransactionManager(tables.transactionManager());
    scheduler.setAutoStartup(false);
    scheduler.setWaitForJobsToCompleteOnShutdown(true);
    new SchedulerSetup()
        .clustered(
            tables.dataSource(),
            node,
            new ScheduleProperties(2, "0 0 * * * ?"),
            new QuartzProperties(),
            firings)
        .customize(scheduler);
    scheduler.afterPropertiesSet();
    schedulers.add(scheduler);
    return scheduler;
  }
}
