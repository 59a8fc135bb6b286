package org.runwright.engine;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The delegates that models name for what happens to a host that is patched. */
@Configuration(proxyBeanMethods = false)
class PatchSteps {

  @Bean
  RemoteStep lockHost(RemoteStep.Tools tools) {
    return new HostStep(tools, "lock-host", "about");
  }

  @Bean
  RemoteStep unlockHost(RemoteStep.Tools tools) {
    return new HostStep(tools, "unlock-host");
  }

  @Bean
  RemoteStep preCheck(RemoteStep.Tools tools) {
    return new HostStep(tools, "pre-check", "min-free", "reboot");
  }

  @Bean
  RemoteStep notePackages(RemoteStep.Tools tools) {
    return new HostStep(tools, "note-packages");
  }

  @Bean
  RemoteStep updatePackages(RemoteStep.Tools tools) {
    return new HostStep(tools, "update-packages", "update", "packages");
  }

  @Bean
  RemoteStep rebootHost(RemoteStep.Tools tools) {
    return new HostStep(tools, "reboot-host", "reboot", "boot-id");
  }

  @Bean
  RemoteStep awaitHost(RemoteStep.Tools tools) {
    return new HostStep(tools, "await-host", "boot-id", "hold", "within");
  }

  @Bean
  RemoteStep drainHost(RemoteStep.Tools tools) {
    return new BalancerStep(tools, "drain-host");
  }

  @Bean
  RemoteStep undrainHost(RemoteStep.Tools tools) {
    return new BalancerStep(tools, "undrain-host");
  }
}
