package org.runwright.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The forms of a check in services.yml. */
final class CheckForm {

  private static final List<String> FORMS = List.of("tcp", "http", "command");
  private static final String HOST = "{host}";
  private static final int LONGEST_URL = 2_000;
  private static final int OK = 200;

  private CheckForm() {}

  static Optional<Check> read(YamlValue item) {
    Optional<YamlMap> found = item.map();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = found.get();
    List<String> forms = FORMS.stream().filter(map::has).toList();
    if (forms.size() != 1) {
      map.allow(List.of("tcp", "http", "command", "expect", "within"));
      item.problem("a check has exactly one of tcp, http and command");
      return Optional.empty();
    }
    List<String> allowed = new ArrayList<>(forms);
    allowed.add("within");
    if (map.has("http")) {
      allowed.add("expect");
    }
    map.allow(allowed);
    Optional<Duration> within = map.get("within").flatMap(YamlValue::duration);
    return switch (forms.get(0)) {
      case "tcp" ->
          map.get("tcp").flatMap(v -> v.integer(1, 65_535)).map(p -> new Check.Tcp(p, within));
      case "http" -> http(map, within);
      default ->
          map.get("command")
              .flatMap(YamlValue::filledText)
              .map(command -> new Check.Command(command, within));
    };
  }

  private static Optional<Check> http(YamlMap map, Optional<Duration> within) {
    int expect = map.get("expect").flatMap(value -> value.integer(100, 599)).orElse(OK);
    return map.get("http")
        .flatMap(
            value ->
                value
                    .filledText()
                    .filter(url -> isUrl(url, value))
                    .map(url -> new Check.Http(url, expect, within)));
  }

  private static boolean isUrl(String url, YamlValue value) {
    String filled = url.replace(HOST, "host");
    if (filled.contains("{") || filled.contains("}")) {
      value.problem("the only placeholder of a URL is {host}");
      return false;
    }
    try {
      URI uri = new URI(filled);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (Set.of("http", "https").contains(scheme)
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getPort() <= 65_535
          && url.length() <= LONGEST_URL) {
        return true;
      }
    } catch (URISyntaxException e) {
      // told below
    }
    value.problem("must be a URL such as \"http://{host}:8080/health\", without a user");
    return false;
  }
}
