package org.runwright.step;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** Stops and starts a service; with {@code force: true} a stop that hangs is ended by a kill. */
@Component("restart-service")
class RestartService extends ServiceStep {

  RestartService(Controls controls) {
    super("restart-service", "Restart %s on %s", controls);
  }

  @Override
  String[] flow() {
    return new String[] {"restart-service.sh"};
  }

  @Override
  Duration innerWaits(ServiceTarget target) {
    return target.service().stopTimeout().plus(target.service().startTimeout());
  }
}
