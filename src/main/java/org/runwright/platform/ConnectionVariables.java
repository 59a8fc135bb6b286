package org.runwright.platform;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Pattern;

/** Turns the merged variables of a host into the way to reach it, as Ansible's ssh plugin does. */
final class ConnectionVariables {

  private static final Set<String> TRUE = Set.of("true", "yes", "on", "y", "t", "1");
  private static final Set<String> FALSE = Set.of("false", "no", "off", "n", "f", "0");
  private static final Set<String> SSH = Set.of("ssh", "smart", "paramiko", "paramiko_ssh");
  private static final Pattern ADDRESS = Pattern.compile("[\\p{L}\\p{N}_:][\\p{L}\\p{N}._:%-]*");
  private static final Pattern USER =
      Pattern.compile("[^\\s\\p{Cntrl}:'\"@-][^\\s\\p{Cntrl}:'\"]*");
  private static final Pattern SECRET =
      Pattern.compile("ansible_.*(pass|password|passphrase|private_key)");

  private static final List<String> KEY_FILE =
      List.of("ansible_private_key_file", "ansible_ssh_private_key_file");
  private static final List<String> PASSWORD =
      List.of("ansible_password", "ansible_ssh_pass", "ansible_ssh_password");
  private static final List<String> PASSPHRASE =
      List.of("ansible_private_key_passphrase", "ansible_ssh_private_key_passphrase");
  private static final List<String> BECOME_PASSWORD =
      List.of("ansible_become_password", "ansible_become_pass");
  private static final List<String> ARGUMENTS =
      List.of("ansible_ssh_args", "ansible_ssh_common_args", "ansible_ssh_extra_args");

  private final Surroundings surroundings;
  private final Lookup lookup;

  ConnectionVariables(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.lookup = new Lookup(surroundings);
  }

  /** The host; problems of its variables are told at their places. */
  Host host(String name, SortedSet<String> groups, Map<String, YamlValue> variables) {
    refuseOtherConnections(variables);
    String address =
        text(variables, List.of("ansible_host", "ansible_ssh_host"), ADDRESS, "an address")
            .orElse(name);
    int port =
        value(variables, List.of("ansible_port", "ansible_ssh_port"))
            .flatMap(this::port)
            .orElse(22);
    return new Host(
        name,
        address,
        port,
        login(variables),
        become(variables),
        jumps(variables),
        groups,
        withoutSecrets(variables));
  }

  /** Plain values of all variables that are no connection secret. */
  static Map<String, Object> withoutSecrets(Map<String, YamlValue> variables) {
    Map<String, Object> plain = new LinkedHashMap<>();
    variables.forEach(
        (name, value) -> {
          if (!SECRET.matcher(name).matches()) {
            plain.put(name, value.plain());
          }
        });
    return java.util.Collections.unmodifiableMap(plain);
  }

  private void refuseOtherConnections(Map<String, YamlValue> variables) {
    value(variables, List.of("ansible_connection"))
        .ifPresent(
            value ->
                follow(value)
                    .map(text -> text.replaceFirst("^ansible\\.(builtin|netcommon)\\.", ""))
                    .filter(connection -> !SSH.contains(connection))
                    .ifPresent(
                        connection ->
                            value.problem(
                                "the connection "
                                    + FileProblems.quoted(connection)
                                    + " is not supported; hosts are reached by ssh, the server's"
                                    + " own machine too")));
  }

  private Login login(Map<String, YamlValue> variables) {
    String user =
        text(variables, List.of("ansible_user", "ansible_ssh_user"), USER, "a user name")
            .orElse(surroundings.user());
    Optional<Path> keyFile = value(variables, KEY_FILE).flatMap(this::path);
    return new Login(
        user, keyFile, credential(variables, PASSPHRASE), credential(variables, PASSWORD));
  }

  private Optional<Become> become(Map<String, YamlValue> variables) {
    if (!value(variables, List.of("ansible_become")).flatMap(this::truth).orElse(false)) {
      return Optional.empty();
    }
    value(variables, List.of("ansible_become_method"))
        .ifPresent(
            value ->
                follow(value)
                    .filter(method -> !method.replace("ansible.builtin.", "").equals("sudo"))
                    .ifPresent(
                        method ->
                            value.problem(
                                "the become method "
                                    + FileProblems.quoted(method)
                                    + " is not supported; allowed: sudo")));
    String user =
        text(variables, List.of("ansible_become_user"), USER, "a user name").orElse("root");
    return Optional.of(new Become(user, credential(variables, BECOME_PASSWORD)));
  }

  private List<Jump> jumps(Map<String, YamlValue> variables) {
    SshArguments arguments = new SshArguments(surroundings.user());
    for (String name : ARGUMENTS) {
      Optional<YamlValue> value = value(variables, List.of(name));
      Optional<List<Jump>> jumps =
          value.flatMap(
              there ->
                  follow(there)
                      .flatMap(text -> tell(there, () -> arguments.jumps(text)))
                      .flatMap(found -> found));
      if (jumps.isPresent()) {
        return jumps.get();
      }
    }
    return List.of();
  }

  private Optional<Credential> credential(Map<String, YamlValue> variables, List<String> names) {
    return value(variables, names)
        .flatMap(value -> value.text().flatMap(text -> tell(value, () -> lookup.refer(text))))
        .filter(text -> !text.isEmpty())
        .map(Credential::new);
  }

  private Optional<String> text(
      Map<String, YamlValue> variables, List<String> names, Pattern pattern, String what) {
    return value(variables, names)
        .flatMap(
            value -> {
              Optional<String> text = follow(value);
              if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
                value.problem("must be " + what);
                return Optional.empty();
              }
              return text;
            });
  }

  private Optional<Integer> port(YamlValue value) {
    return follow(value)
        .flatMap(
            text -> {
              boolean number = text.matches("[1-9]\\d{0,4}") && Integer.parseInt(text) <= 65_535;
              if (!number) {
                value.problem("must be a port, a whole number from 1 to 65535");
              }
              return number ? Optional.of(Integer.valueOf(text)) : Optional.empty();
            });
  }

  private Optional<Path> path(YamlValue value) {
    return follow(value)
        .filter(text -> !text.isEmpty())
        .flatMap(text -> tell(value, () -> surroundings.resolve(text)));
  }

  private Optional<Boolean> truth(YamlValue value) {
    Optional<String> word = follow(value).map(text -> text.toLowerCase(Locale.ROOT));
    if (word.isPresent() && !TRUE.contains(word.get()) && !FALSE.contains(word.get())) {
      value.problem("must be true or false");
    }
    return word.map(TRUE::contains);
  }

  private Optional<String> follow(YamlValue value) {
    return value.text().flatMap(text -> tell(value, () -> lookup.follow(text)));
  }

  /** The last of several names for one thing wins, as in Ansible; one without a value is none. */
  private static Optional<YamlValue> value(Map<String, YamlValue> variables, List<String> names) {
    return names.stream()
        .flatMap(name -> Optional.ofNullable(variables.get(name)).stream())
        .filter(value -> !value.isNull())
        .reduce((earlier, later) -> later);
  }

  private static <T> Optional<T> tell(YamlValue value, Attempt<T> attempt) {
    try {
      return Optional.of(attempt.make());
    } catch (Malformed e) {
      value.problem(e.getMessage());
      return Optional.empty();
    }
  }

  /** Something that may turn out malformed. */
  private interface Attempt<T> {
    T make() throws Malformed;
  }
}
