package org.runwright.step;

import org.springframework.stereotype.Component;

/** Debian and Ubuntu. */
@Component
class AptPackages implements Packages {

  @Override
  public String label() {
    return "apt";
  }

  @Override
  public String file() {
    return "apt.sh";
  }
}
