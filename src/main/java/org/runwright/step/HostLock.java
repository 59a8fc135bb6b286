package org.runwright.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Locks a host for one run, or unlocks it; the one undoes the other. */
final class HostLock extends HostStep {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final String flow;
  private final boolean says;

  private HostLock(String name, String title, Set<String> parameters, String undo) {
    super(name, title, parameters, Optional.of(undo));
    this.flow = name + ".sh";
    this.says = parameters.contains("about");
  }

  @Override
  Remote remote(Host host, String owner, Parameters given, Platform platform) {
    List<String> arguments = new ArrayList<>(List.of(STATE, owner));
    if (says) {
      arguments.add(given.text("about").orElse(""));
    }
    return new Remote(
        ShellText.of("report.sh", "bounded.sh", "host-lock.sh", flow), arguments, LIMIT);
  }

  /** The two kinds. */
  @Configuration(proxyBeanMethods = false)
  static class Kinds {

    @Bean("lock-host")
    HostLock lock() {
      return new HostLock("lock-host", "Lock %s", Set.of("about"), "unlock-host");
    }

    @Bean("unlock-host")
    HostLock unlock() {
      return new HostLock("unlock-host", "Unlock %s", Set.of(), "lock-host");
    }
  }
}
