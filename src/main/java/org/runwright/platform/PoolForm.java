package org.runwright.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The form of a load balancer's pool in services.yml. */
final class PoolForm {

  private static final String DEFAULT_SOCKET = "/run/haproxy/admin.sock";
  private static final int MOST_SERVERS = 10_000;

  /** What HAProxy allows in names, and no blank, for they become words of a command. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");

  private static final Pattern SERVER =
      Pattern.compile("[A-Za-z0-9_.:-]{0,50}(\\{host})?[A-Za-z0-9_.:-]{0,50}");

  private static final Pattern SOCKET = Pattern.compile("/[A-Za-z0-9_./-]{1,106}");

  private PoolForm() {}

  /**
   * @param balancers filled with the place where each balancer is named
   */
  static Optional<Pool> read(YamlValue value, Map<String, YamlValue> balancers) {
    Optional<YamlMap> found = value.map();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = found.get();
    map.allow(List.of("balancer", "backend", "server", "socket", "min-healthy"));
    Optional<String> balancer =
        map.require("balancer")
            .flatMap(
                place -> {
                  Optional<String> name = place.filledText();
                  name.ifPresent(text -> balancers.putIfAbsent(text, place));
                  return name;
                });
    Optional<String> backend =
        map.require("backend").flatMap(v -> v.text(NAME, "a name of letters, digits and _ . : -"));
    String server =
        map.get("server")
            .flatMap(
                v ->
                    v.text(
                        SERVER,
                        "a name of letters, digits and _ . : -, in which {host} stands for the"
                            + " host's name"))
            .filter(name -> !name.isEmpty())
            .orElse(Pool.HOST);
    String socket =
        map.get("socket")
            .flatMap(v -> v.text(SOCKET, "a path such as " + DEFAULT_SOCKET + ", at most 107 long"))
            .orElse(DEFAULT_SOCKET);
    int minHealthy = map.get("min-healthy").flatMap(v -> v.integer(0, MOST_SERVERS)).orElse(1);
    return balancer.flatMap(
        name -> backend.map(back -> new Pool(name, back, server, socket, minHealthy)));
  }
}
