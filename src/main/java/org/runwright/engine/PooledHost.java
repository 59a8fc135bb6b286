package org.runwright.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;
import org.runwright.platform.Pool;
import org.runwright.platform.Service;

/** What balancers have to do with a host. */
final class PooledHost {

  private PooledHost() {}

  /** The hosts of the balancers that send customers to services of the host; often none. */
  static List<String> balancers(String host, Platform platform) {
    return services(host, platform)
        .map(Service::pool)
        .flatMap(Optional::stream)
        .map(Pool::balancer)
        .distinct()
        .flatMap(balancer -> platform.services().service(balancer).stream())
        .flatMap(balancer -> platform.hostsOf(balancer).stream())
        .map(Host::name)
        .distinct()
        .toList();
  }

  /** The services that run on the host. */
  static Stream<Service> services(String host, Platform platform) {
    return platform.services().services().values().stream()
        .filter(service -> platform.hostsOf(service).stream().anyMatch(h -> h.name().equals(host)));
  }
}
