package org.runwright.step;

import org.runwright.platform.Service;
import org.runwright.platform.ServiceManager;
import org.springframework.stereotype.Component;

/** A SysV init script, through {@code service}. */
@Component
class SysvControl implements Control {

  @Override
  public ServiceManager manager() {
    return ServiceManager.SYSV;
  }

  @Override
  public String file() {
    return "sysv.sh";
  }

  @Override
  public void accept(Service service) {
    UnitName.require(service);
  }
}
