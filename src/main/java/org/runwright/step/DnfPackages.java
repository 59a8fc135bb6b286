package org.runwright.step;

import org.springframework.stereotype.Component;

/** Fedora, Red Hat Enterprise Linux and its kin. */
@Component
class DnfPackages implements Packages {

  @Override
  public String label() {
    return "dnf";
  }

  @Override
  public String file() {
    return "dnf.sh";
  }
}
