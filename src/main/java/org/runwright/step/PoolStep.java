package org.runwright.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;
import org.runwright.platform.Pool;
import org.runwright.platform.Service;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Takes a host out of a balancer's pools, or puts it back; the one undoes the other. It runs on the
 * balancer; the parameter {@code server} is the host, {@code limit} how long sessions may take to
 * end, or the balancer's check to hold.
 */
final class PoolStep extends HostStep {

  /**
   * A restarted balancer has forgotten its drains, so the marks are where a restart removes them.
   */
  private static final String MARKS = "/run/runwright/drained";

  private static final Duration SLACK = Duration.ofSeconds(120);

  private final String flow;

  private PoolStep(String name, String title, String undo) {
    super(name, title, Set.of("server", "limit"), Optional.of(undo));
    this.flow = name + ".sh";
  }

  @Override
  Remote remote(Host balancer, String owner, Parameters given, Platform platform) {
    Duration limit = duration(given, "limit", Duration.ofSeconds(30));
    Host server = Hosts.require(required(given, "server"), platform);
    List<String> servers = servers(server, balancer, platform);
    if (servers.isEmpty()) {
      throw new StepRefused(
          "no service on host "
              + server.name()
              + " has a pool in services.yml whose balancer is on "
              + balancer.name());
    }
    List<String> arguments = new ArrayList<>(List.of(MARKS, owner, seconds(limit)));
    arguments.addAll(servers);
    return new Remote(
        ShellText.of("report.sh", "bounded.sh", "haproxy.sh", flow),
        arguments,
        limit.multipliedBy(servers.size() / 2).plus(SLACK));
  }

  /** Four words for each: the balancer's socket, its backend, its server, and how many may stay. */
  private static List<String> servers(Host server, Host balancer, Platform platform) {
    List<String> words = new ArrayList<>();
    for (Service service : platform.services().services().values()) {
      if (service.pool().isPresent() && platform.hostsOf(service).contains(server)) {
        Pool pool = service.pool().get();
        boolean here =
            platform
                .services()
                .service(pool.balancer())
                .filter(b -> platform.hostsOf(b).contains(balancer))
                .isPresent();
        if (here) {
          words.addAll(
              List.of(
                  pool.socket(),
                  pool.backend(),
                  pool.serverOn(server),
                  Integer.toString(pool.minHealthy())));
        }
      }
    }
    return words;
  }

  @Override
  String about(Host host, Parameters given) {
    return given.text("server").orElse("?") + " at " + host.name();
  }

  @Override
  Map<String, Object> undoParameters(Map<String, Object> given) {
    return Map.of("owner", given.get("owner"), "server", given.get("server"));
  }

  /** The two kinds. */
  @Configuration(proxyBeanMethods = false)
  static class Kinds {

    @Bean("drain-host")
    PoolStep drain() {
      return new PoolStep("drain-host", "Drain %s", "undrain-host");
    }

    @Bean("undrain-host")
    PoolStep undrain() {
      return new PoolStep("undrain-host", "Undrain %s", "drain-host");
    }
  }
}
