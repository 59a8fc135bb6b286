package org.runwright.step;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** Waits until the manager says that a service runs and all of its checks hold. */
@Component("await-service")
class AwaitService extends ServiceStep {

  AwaitService(Controls controls) {
    super("await-service", "Wait until %s on %s is well", controls);
  }

  @Override
  String[] flow() {
    return new String[] {"checks.sh", "await-service.sh"};
  }

  @Override
  Duration innerWaits(ServiceTarget target) {
    return target.wellWithin().plus(target.oneRound());
  }
}
