package org.runwright.step;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;
import org.springframework.stereotype.Component;

/**
 * Waits until a host has another boot than {@code boot-id}, and has been well for the time {@code
 * hold}; it may take {@code within} to become well. On the old boot it fails after some seconds,
 * because a command that waits on the host dies with it: models repeat it.
 */
@Component("await-host")
class AwaitHost extends HostStep {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration SLACK = Duration.ofSeconds(30);

  AwaitHost() {
    super(
        "await-host",
        "Wait until %s is back",
        Set.of("boot-id", "hold", "within"),
        Optional.empty());
  }

  @Override
  Remote remote(Host host, String owner, Parameters given, Platform platform) {
    Duration hold = duration(given, "hold", Duration.ofSeconds(10));
    Duration within = duration(given, "within", Duration.ofMinutes(5));
    return new Remote(
        ShellText.of("report.sh", "bounded.sh", "await-host.sh"),
        List.of(
            BootId.of(required(given, "boot-id")),
            seconds(hold),
            seconds(within),
            seconds(PATIENCE)),
        PATIENCE.plus(within).plus(hold).plus(SLACK));
  }
}
