package org.runwright.platform;

import java.util.List;

/** What is operated: the hosts and the services on them, read together. Immutable. */
public record Platform(Inventory inventory, ServiceMap services) {

  /** The hosts that a service runs on, in the order of the inventory. */
  public List<Host> hostsOf(Service service) {
    return inventory.select(service.hosts());
  }
}
