package org.runwright.engine;

import org.runwright.platform.Platforms;
import org.runwright.run.Journal;
import org.runwright.run.Runs;
import org.runwright.step.StepKinds;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The delegates that models name for what happens on hosts. */
@Configuration(proxyBeanMethods = false)
class RemoteSteps {

  @Bean
  RemoteStep.Tools remoteStepTools(StepKinds kinds, Platforms platforms, Journal journal) {
    return new RemoteStep.Tools(kinds, platforms, journal);
  }

  @Bean
  RemoteStep startService(RemoteStep.Tools tools) {
    return new ServiceStep(tools, "start-service");
  }

  @Bean
  RemoteStep stopService(RemoteStep.Tools tools) {
    return new ServiceStep(tools, "stop-service");
  }

  @Bean
  RemoteStep restartService(RemoteStep.Tools tools) {
    return new ServiceStep(tools, "restart-service");
  }

  @Bean
  RemoteStep checkService(RemoteStep.Tools tools) {
    return new ServiceStep(tools, "check-service");
  }

  @Bean
  RemoteStep awaitService(RemoteStep.Tools tools) {
    return new ServiceStep(tools, "await-service");
  }

  /** The same wait, named for models that look again at what ought to run already. */
  @Bean
  RemoteStep confirmService(RemoteStep.Tools tools) {
    return new ServiceStep(tools, "await-service");
  }

  @Bean
  RemoteStep runCommand(RemoteStep.Tools tools) {
    return new CommandStep(tools);
  }

  @Bean
  RemoteStep runOnHosts(RemoteStep.Tools tools, Runs runs) {
    return new AskedStep(tools, runs);
  }

  @Bean
  RemoteStep undoStep(RemoteStep.Tools tools) {
    return new UndoStep(tools);
  }
}
