package org.runwright.platform;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads services.yml. */
final class ServicesFile {

  private static final int MOST_SERVICES = 1_000;
  private static final int MOST_CHECKS = 20;
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9:_@][A-Za-z0-9:_.@-]{0,254}");
  private static final List<String> KEYS =
      List.of(
          "hosts",
          "manager",
          "unit",
          "start",
          "stop",
          "status",
          "kill",
          "become",
          "checks",
          "start-timeout",
          "stop-timeout",
          "depends-on",
          "database",
          "backup",
          "pool");
  private static final Map<String, ServiceManager> MANAGERS =
      Stream.of(ServiceManager.values())
          .collect(
              Collectors.toMap(
                  ServiceManager::label, Function.identity(), (a, b) -> a, LinkedHashMap::new));

  private final Optional<Inventory> inventory;

  /** Where each balancer of a pool is named. */
  private final Map<String, YamlValue> balancers = new LinkedHashMap<>();

  private ServicesFile(Optional<Inventory> inventory) {
    this.inventory = inventory;
  }

  /**
   * The service map; empty if there is any problem.
   *
   * @param inventory that {@code hosts} are checked against; empty if it is itself wrong
   */
  static Optional<ServiceMap> read(
      byte[] content, Optional<Inventory> inventory, FileProblems problems) {
    return YamlFile.read(content, problems)
        .flatMap(root -> new ServicesFile(inventory).map(root))
        .filter(map -> problems.none());
  }

  private Optional<ServiceMap> map(YamlMap root) {
    root.allow(List.of("platform", "services"));
    Optional<String> platform =
        root.require("platform")
            .flatMap(v -> v.text(NAME, "a name of letters, digits, _, . and -"));
    Map<String, Service> services = new TreeMap<>();
    Optional<YamlMap> all = root.require("services").flatMap(YamlValue::map);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    if (all.get().entries().size() > MOST_SERVICES) {
      all.get().problem("more than 1,000 services, the most allowed");
      return Optional.empty();
    }
    Map<String, Map<String, YamlValue>> needs = new LinkedHashMap<>();
    for (YamlMap.Entry entry : all.get().entries()) {
      Map<String, YamlValue> own = new LinkedHashMap<>();
      needs.put(entry.name(), own);
      service(entry, own).ifPresent(service -> services.put(entry.name(), service));
    }
    boolean whole = dependenciesHold(needs) && services.size() == needs.size();
    balancers.forEach((name, place) -> isService(name, place, needs.keySet()));
    return whole
        ? platform.map(name -> new ServiceMap(name, new TreeMap<>(services)))
        : Optional.empty();
  }

  /**
   * @param needs filled with the place of each dependency
   */
  private Optional<Service> service(YamlMap.Entry entry, Map<String, YamlValue> needs) {
    if (!NAME.matcher(entry.name()).matches()) {
      entry.key().problem("a service's name has letters, digits, _, . and -, at most 64");
    }
    Optional<YamlMap> found = entry.value().map();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = found.get();
    map.allow(KEYS);
    Optional<String> hosts = map.require("hosts").flatMap(this::hosts);
    Optional<ServiceManager> manager =
        map.require("manager").flatMap(v -> v.oneOf(MANAGERS.keySet())).map(MANAGERS::get);
    ServiceCommands commands = commands(map, manager);
    Optional<String> unit = unit(map, entry, manager);
    List<Check> checks = map.get("checks").map(ServicesFile::checks).orElse(List.of());
    SortedSet<String> dependsOn = dependsOn(map, needs);
    Optional<DatabaseSettings> database = BackupForm.database(map);
    Optional<BackupSettings> backup = BackupForm.backup(map);
    if (hosts.isEmpty() || manager.isEmpty() || unit.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Service(
            entry.name(),
            hosts.get(),
            manager.get(),
            unit.get(),
            commands,
            map.get("become").flatMap(YamlValue::bool).orElse(true),
            checks,
            map.get("start-timeout").flatMap(YamlValue::duration).orElse(START_TIMEOUT),
            map.get("stop-timeout").flatMap(YamlValue::duration).orElse(STOP_TIMEOUT),
            dependsOn,
            database,
            backup,
            map.get("pool").flatMap(value -> PoolForm.read(value, balancers))));
  }

  private Optional<String> hosts(YamlValue value) {
    Optional<String> name = value.filledText();
    if (name.isEmpty() || inventory.isEmpty()) {
      return name;
    }
    SortedSet<String> known = new TreeSet<>(inventory.get().groups().keySet());
    known.addAll(inventory.get().hosts().keySet());
    if (!known.contains(name.get())) {
      value.problem(
          "no group or host "
              + FileProblems.quoted(name.get())
              + " in inventory.yml"
              + Suggestion.ending(name.get(), known));
    } else if (inventory.get().select(name.get()).isEmpty()) {
      value.problem("the group " + FileProblems.quoted(name.get()) + " has no hosts");
    }
    return name;
  }

  private static Optional<String> unit(
      YamlMap map, YamlMap.Entry entry, Optional<ServiceManager> manager) {
    boolean own = manager.filter(m -> m == ServiceManager.COMMAND).isPresent();
    Optional<YamlValue> value = map.get("unit");
    if (own && value.isPresent()) {
      value.get().problem("the manager command has no units; leave it out");
    }
    return value.isPresent()
        ? value.get().text(UNIT, "a unit's name of letters, digits and : _ . @ -")
        : Optional.of(entry.name());
  }

  private static ServiceCommands commands(YamlMap map, Optional<ServiceManager> manager) {
    for (String name : List.of("start", "stop", "status")) {
      if (manager.filter(m -> m == ServiceManager.COMMAND).isPresent()) {
        map.require(name);
      } else if (manager.isPresent() && map.has(name)) {
        String reason =
            "\" is only for the manager command; " + manager.get().label() + " has its own";
        map.get(name).ifPresent(value -> value.problem("\"" + name + reason));
      }
    }
    return new ServiceCommands(
        map.get("start").flatMap(YamlValue::filledText),
        map.get("stop").flatMap(YamlValue::filledText),
        map.get("status").flatMap(YamlValue::filledText),
        map.get("kill").flatMap(YamlValue::filledText));
  }

  private static List<Check> checks(YamlValue value) {
    List<YamlValue> items = value.items();
    if (items.size() > MOST_CHECKS) {
      value.problem("more than " + MOST_CHECKS + " checks, the most allowed");
    }
    return items.stream().flatMap(item -> CheckForm.read(item).stream()).toList();
  }

  private static SortedSet<String> dependsOn(YamlMap map, Map<String, YamlValue> needs) {
    map.get("depends-on")
        .map(YamlValue::itemOrItems)
        .orElse(List.of())
        .forEach(item -> item.filledText().ifPresent(name -> needs.putIfAbsent(name, item)));
    return Collections.unmodifiableSortedSet(new TreeSet<>(needs.keySet()));
  }

  private static boolean isService(String name, YamlValue place, Set<String> services) {
    boolean known = services.contains(name);
    if (!known) {
      place.problem("no service " + FileProblems.quoted(name) + Suggestion.ending(name, services));
    }
    return known;
  }

  private static boolean dependenciesHold(Map<String, Map<String, YamlValue>> needs) {
    boolean known = true;
    for (Map<String, YamlValue> places : needs.values()) {
      for (Map.Entry<String, YamlValue> need : places.entrySet()) {
        known &= isService(need.getKey(), need.getValue(), needs.keySet());
      }
    }
    Map<String, Set<String>> edges = new LinkedHashMap<>();
    needs.forEach((name, places) -> edges.put(name, places.keySet()));
    List<List<String>> circles = Circles.in(edges);
    for (List<String> circle : circles) {
      String last = circle.get(circle.size() - 2);
      YamlValue place = needs.getOrDefault(last, Map.of()).get(circle.get(0));
      if (place != null) {
        place.problem("services depend on each other in a cycle: " + String.join(" → ", circle));
      }
    }
    return known && circles.isEmpty();
  }
}
