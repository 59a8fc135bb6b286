package org.runwright.engine;

import org.runwright.backup.Backups;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The delegates that models name for backups on hosts. */
@Configuration(proxyBeanMethods = false)
class BackupSteps {

  @Bean
  RemoteStep dumpDatabase(RemoteStep.Tools tools, Backups backups) {
    return new RunBackupStep(tools, "dump-database", backups);
  }

  @Bean
  RemoteStep drillBackup(RemoteStep.Tools tools, Backups backups) {
    return new RunBackupStep(tools, "drill-backup", backups);
  }

  @Bean
  RemoteStep deleteBackup(RemoteStep.Tools tools, Backups backups) {
    return new DeleteBackupStep(tools, backups);
  }
}
