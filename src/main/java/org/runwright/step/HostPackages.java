package org.runwright.step;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.runwright.platform.Host;
import org.springframework.stereotype.Component;

/** Which package manager a host has: apt, unless its {@code ansible_pkg_mgr} says another. */
@Component
class HostPackages {

  private static final String VARIABLE = "ansible_pkg_mgr";

  private final SortedMap<String, Packages> byLabel = new TreeMap<>();

  HostPackages(List<Packages> all) {
    all.forEach(packages -> byLabel.put(packages.label(), packages));
  }

  /**
   * The script that does one thing to the packages of the host.
   *
   * @param flow the resource file that says what to do
   * @throws StepRefused if nothing here speaks with its package manager
   */
  String script(Host host, String flow) {
    String label = String.valueOf(host.variables().getOrDefault(VARIABLE, "apt"));
    Packages packages = byLabel.get(label);
    if (packages == null) {
      throw new StepRefused(
          "host "
              + host.name()
              + " has "
              + VARIABLE
              + ": "
              + label
              + " in the inventory; allowed: "
              + String.join(", ", byLabel.keySet()));
    }
    return ShellText.of(
        "report.sh", "bounded.sh", "host-lock.sh", packages.file(), "packages.sh", flow);
  }
}
