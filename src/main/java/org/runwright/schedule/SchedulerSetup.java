package org.runwright.schedule;

import java.util.Properties;
import javax.sql.DataSource;
import org.quartz.CronScheduleBuilder;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.impl.jdbcjobstore.StdJDBCDelegate;
import org.runwright.run.RunNode;
import org.springframework.boot.autoconfigure.quartz.QuartzProperties;
import org.springframework.boot.autoconfigure.quartz.SchedulerFactoryBeanCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * Quartz with its store in the server's database, one cluster with the other servers on it. What
 * {@code spring.quartz.properties} says goes before what is said here.
 */
@Configuration(proxyBeanMethods = false)
class SchedulerSetup {

  private static final String STORE = "org.quartz.jobStore.";

  @Bean
  SchedulerFactoryBeanCustomizer clustered(
      DataSource dataSource,
      RunNode node,
      ScheduleProperties settings,
      QuartzProperties own,
      Firings firings) {
    return factory -> {
      Properties properties = new Properties();
      properties.setProperty("org.quartz.scheduler.instanceName", "runwright");
      properties.setProperty("org.quartz.scheduler.instanceId", node.id());
      properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
      properties.setProperty(
          "org.quartz.threadPool.threadCount", Integer.toString(settings.threads()));
      properties.setProperty(STORE + "isClustered", "true");
      // Otherwise two servers may take a trigger at the same moment and fire it twice.
      properties.setProperty(STORE + "acquireTriggersWithinLock", "true");
      // A server that says nothing for two of these is dead, and its jobs are taken over.
      properties.setProperty(STORE + "clusterCheckinInterval", "5000");
      properties.setProperty(STORE + "misfireThreshold", "60000");
      properties.setProperty(STORE + "useProperties", "true");
      properties.setProperty(STORE + "driverDelegateClass", delegate(dataSource).getName());
      properties.putAll(own.getProperties());
      factory.setSchedulerName("runwright");
      factory.setQuartzProperties(properties);
      factory.setGlobalJobListeners(firings);
    };
  }

  private static Class<? extends StdJDBCDelegate> delegate(DataSource dataSource) {
    try {
      String product =
          JdbcUtils.extractDatabaseMetaData(
              dataSource, metaData -> metaData.getDatabaseProductName());
      return "PostgreSQL".equals(product) ? PostgreSQLDelegate.class : StdJDBCDelegate.class;
    } catch (MetaDataAccessException e) {
      throw new IllegalStateException("the database does not tell what it is", e);
    }
  }

  @Bean
  JobDetail housekeepingJob() {
    return JobBuilder.newJob(Housekeeping.class)
        .withIdentity(Housekeeping.NAME)
        .withDescription("Deletes old output and runs")
        .storeDurably()
        .requestRecovery()
        .build();
  }

  @Bean
  Trigger housekeepingTrigger(JobDetail housekeepingJob, ScheduleProperties settings) {
    return TriggerBuilder.newTrigger()
        .withIdentity(Housekeeping.NAME)
        .forJob(housekeepingJob)
        .withSchedule(
            CronScheduleBuilder.cronSchedule(settings.housekeeping())
                .withMisfireHandlingInstructionFireAndProceed())
        .build();
  }
}
