package org.runwright.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.runwright.platform.Check;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;
import org.runwright.platform.Service;

/** One service on one host. */
record ServiceTarget(Service service, Host host) {

  /**
   * @throws StepRefused if there is no such service, no such host, or the one is not on the other
   */
  static ServiceTarget of(StepRequest request, Platform platform) {
    String name =
        request
            .service()
            .orElseThrow(() -> new StepRefused(request.kind() + " wants a service to act on"));
    Host host = Hosts.require(request.host(), platform);
    Service service =
        platform
            .services()
            .service(name)
            .orElseThrow(
                () ->
                    new StepRefused(
                        "no service '"
                            + name
                            + "' in the service map; it has: "
                            + String.join(", ", platform.services().services().keySet())));
    List<String> hosts = platform.hostsOf(service).stream().map(Host::name).toList();
    if (!hosts.contains(host.name())) {
      throw new StepRefused(
          "service "
              + name
              + " is not on host "
              + host.name()
              + " but on: "
              + String.join(", ", hosts));
    }
    return new ServiceTarget(service, host);
  }

  boolean become() {
    return service.become() && host.become().isPresent();
  }

  /** The arguments that {@code service.sh} takes. */
  List<String> arguments(boolean force) {
    return List.of(
        service.name(),
        service.unit(),
        host.address(),
        service.commands().start().orElse(""),
        service.commands().stop().orElse(""),
        service.commands().status().orElse(""),
        service.commands().kill().orElse(""),
        seconds(service.startTimeout()),
        seconds(service.stopTimeout()),
        Boolean.toString(force));
  }

  /** The arguments that {@code checks.sh} takes: kind, target, expectation, time, for each. */
  List<String> checkArguments() {
    List<String> arguments = new ArrayList<>();
    for (Check check : service.checks()) {
      arguments.addAll(words(check));
      arguments.add(check.within().map(ServiceTarget::seconds).orElse(""));
    }
    return arguments;
  }

  private List<String> words(Check check) {
    if (check instanceof Check.Tcp tcp) {
      return List.of("tcp", Integer.toString(tcp.port()), "");
    }
    if (check instanceof Check.Http http) {
      String url = http.url().replace("{host}", addressInUrl());
      if (!url.startsWith("http://") && !url.startsWith("https://")) {
        throw new StepRefused(
            "service " + service.name() + ": the check of '" + url + "' wants http:// or https://");
      }
      return List.of("http", url, Integer.toString(http.expect()));
    }
    return List.of("command", ((Check.Command) check).command(), "");
  }

  private String addressInUrl() {
    return host.address().contains(":") ? "[" + host.address() + "]" : host.address();
  }

  /** The time after which every wait for the service to become well is over. */
  Duration wellWithin() {
    return service.checks().stream()
        .map(Check::within)
        .flatMap(Optional::stream)
        .reduce(service.startTimeout(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }

  /** The longest that one round of all checks can take: ten seconds each. */
  Duration oneRound() {
    return Duration.ofSeconds(10).multipliedBy(service.checks().size());
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
  }
}
