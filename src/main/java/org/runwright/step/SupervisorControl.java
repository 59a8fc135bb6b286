package org.runwright.step;

import org.runwright.platform.Service;
import org.runwright.platform.ServiceManager;
import org.springframework.stereotype.Component;

/** A program of supervisord, through {@code supervisorctl}. */
@Component
class SupervisorControl implements Control {

  @Override
  public ServiceManager manager() {
    return ServiceManager.SUPERVISOR;
  }

  @Override
  public String file() {
    return "supervisor.sh";
  }

  @Override
  public void accept(Service service) {
    UnitName.require(service);
  }
}
