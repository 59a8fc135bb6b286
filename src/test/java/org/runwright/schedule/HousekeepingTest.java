package org.runwright.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.quartz.CronTrigger;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestConstructor;

/** The whole server keeps house. */
@SpringBootTest(
    properties = {
      "spring.datasource.url=jdbc:h2:mem:housekeeping;LOCK_TIMEOUT=10000",
      "runwright.schedule.housekeeping=0 0 0 1 1 ? 2099"
    })
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@DirtiesContext
class HousekeepingTest {

  private final Scheduler scheduler;
  private final JdbcClient jdbc;

  HousekeepingTest(Scheduler scheduler, JdbcClient jdbc) {
    this.scheduler = scheduler;
    this.jdbc = jdbc;
  }

  @Test
  void it_is_scheduled_as_configured_and_says_what_it_did() throws SchedulerException {
    var trigger = scheduler.getTrigger(TriggerKey.triggerKey(Housekeeping.NAME));
    assertThat(((CronTrigger) trigger).getCronExpression()).isEqualTo("0 0 0 1 1 ? 2099");
    assertThat(scheduler.getMetaData().isJobStoreClustered()).isTrue();

    scheduler.triggerJob(JobKey.jobKey(Housekeeping.NAME));

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.sql("select message from schedule_firing")
                            .query(String.class)
                            .optional())
                    .contains("output of 0 runs deleted, 0 runs deleted"));
  }
}
