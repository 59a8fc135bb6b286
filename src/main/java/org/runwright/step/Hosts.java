package org.runwright.step;

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
}
