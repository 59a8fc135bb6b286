package org.runwright.step;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;

/**
 * A kind of step that acts on a host as a whole, for a run that is named by the parameter {@code
 * owner}. Each may be repeated without harm.
 */
abstract class HostStep implements StepKind {

  /** Where a host keeps what has to outlive a step and a restart. */
  static final String STATE = "/var/lib/runwright";

  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Duration LONGEST = Duration.ofDays(1);

  private final String name;
  private final String title;
  private final Set<String> parameters;
  private final Optional<String> undo;

  /**
   * @param title with a place for the host
   * @param parameters besides {@code owner}
   * @param undo the kind that takes its change back
   */
  HostStep(String name, String title, Set<String> parameters, Optional<String> undo) {
    this.name = name;
    this.title = title;
    this.parameters = new HashSet<>(parameters);
    this.parameters.add("owner");
    this.undo = undo;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final PreparedStep prepare(StepRequest request, Platform platform) {
    Parameters given = Parameters.of(request, parameters);
    Host host = Hosts.require(request.host(), platform);
    Remote remote = remote(host, owner(given), given, platform);
    String named = title.formatted(about(host, given));
    return new PreparedStep(
        name,
        named,
        host.name(),
        Optional.empty(),
        remote.script(),
        Call.carry(named, remote.arguments()),
        host.become().isPresent(),
        request.timeLimit().orElse(remote.limit()),
        true,
        undo.map(
            kind ->
                new StepRequest(
                    kind,
                    host.name(),
                    Optional.empty(),
                    undoParameters(request.parameters()),
                    Optional.empty())));
  }

  /** What runs on the host, and how long it may take. */
  record Remote(String script, List<String> arguments, Duration limit) {}

  abstract Remote remote(Host host, String owner, Parameters given, Platform platform);

  /** What the title names. */
  String about(Host host, Parameters given) {
    return host.name();
  }

  /** What the undo is to know of this request. */
  Map<String, Object> undoParameters(Map<String, Object> given) {
    return Map.of("owner", given.get("owner"));
  }

  final String required(Parameters given, String parameter) {
    return given
        .text(parameter)
        .orElseThrow(() -> new StepRefused(name + " wants the parameter '" + parameter + "'"));
  }

  final String oneOf(Parameters given, String parameter, String otherwise, List<String> allowed) {
    String value = given.text(parameter).orElse(otherwise);
    if (!allowed.contains(value)) {
      throw new StepRefused(
          name
              + ": parameter '"
              + parameter
              + "' has to be one of "
              + String.join(", ", allowed)
              + ", not "
              + value);
    }
    return value;
  }

  /** An ISO 8601 duration of at most a day. */
  final Duration duration(Parameters given, String parameter, Duration otherwise) {
    Optional<String> text = given.text(parameter);
    try {
      Duration duration = text.map(Duration::parse).orElse(otherwise);
      if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // told below
    }
    throw new StepRefused(
        name
            + ": parameter '"
            + parameter
            + "' has to be an ISO 8601 duration such as PT30S, at most P1D, not "
            + text.orElse(""));
  }

  static String seconds(Duration duration) {
    return Long.toString(duration.plusMillis(999).toSeconds());
  }

  private String owner(Parameters given) {
    String owner = required(given, "owner");
    if (!OWNER.matcher(owner).matches()) {
      throw new StepRefused(name + ": parameter 'owner' has to be the id of a run");
    }
    return owner;
  }
}
