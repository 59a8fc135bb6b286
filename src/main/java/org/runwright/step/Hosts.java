package org.runwright.step;

import java.util.Optional;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;

/** Hosts by the name that a request gives. */
final class Hosts {

  private Hosts() {}

  /**
   * @throws StepRefused if the inventory has no such host
   */
  static Host require(String name, Platform platform) {
    return platform
        .inventory()
        .host(name)
        .orElseThrow(
            () ->
                new StepRefused(
                    "no host '" + name + "' in the inventory; add it there or correct the name"));
  }

  /**
   * Whether a command runs as the become user of the host.
   *
   * @param asked empty: if the host has one
   * @throws StepRefused if it was asked for and the host has none
   */
  static boolean becomes(Host host, Optional<Boolean> asked) {
    boolean become = asked.orElse(host.become().isPresent());
    if (become && host.become().isEmpty()) {
      throw new StepRefused(
          "host " + host.name() + " has no user to become; set ansible_become in the inventory");
    }
    return become;
  }
}
