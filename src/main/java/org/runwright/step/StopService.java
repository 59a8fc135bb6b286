package org.runwright.step;

import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Stops a service gracefully; with {@code force: true} what still runs after the time is killed.
 */
@Component("stop-service")
class StopService extends ServiceStep {

  StopService(Controls controls) {
    super("stop-service", "Stop %s on %s", controls);
  }

  @Override
  String[] flow() {
    return new String[] {"stop-service.sh"};
  }

  @Override
  Duration innerWaits(ServiceTarget target) {
    return target.service().stopTimeout();
  }

  @Override
  Optional<String> undo() {
    return Optional.of("start-service");
  }
}
