package org.runwright.step;

import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Starts a service and waits until its manager says it runs; one that runs is left alone. */
@Component("start-service")
class StartService extends ServiceStep {

  StartService(Controls controls) {
    super("start-service", "Start %s on %s", controls);
  }

  @Override
  String[] flow() {
    return new String[] {"start-service.sh"};
  }

  @Override
  Duration innerWaits(ServiceTarget target) {
    return target.service().startTimeout();
  }

  @Override
  Optional<String> undo() {
    return Optional.of("stop-service");
  }
}
