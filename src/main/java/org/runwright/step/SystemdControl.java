package org.runwright.step;

import org.runwright.platform.Service;
import org.runwright.platform.ServiceManager;
import org.springframework.stereotype.Component;

/** A systemd unit. */
@Component
class SystemdControl implements Control {

  @Override
  public ServiceManager manager() {
    return ServiceManager.SYSTEMD;
  }

  @Override
  public String file() {
    return "systemd.sh";
  }

  @Override
  public void accept(Service service) {
    UnitName.require(service);
  }
}
