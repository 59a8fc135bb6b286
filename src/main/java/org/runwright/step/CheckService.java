package org.runwright.step;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** Looks once whether a service is well; finding that it is not is a success too. */
@Component("check-service")
class CheckService extends ServiceStep {

  CheckService(Controls controls) {
    super("check-service", "Check %s on %s", controls);
  }

  @Override
  String[] flow() {
    return new String[] {"checks.sh", "check-service.sh"};
  }

  @Override
  Duration innerWaits(ServiceTarget target) {
    return target.oneRound();
  }
}
