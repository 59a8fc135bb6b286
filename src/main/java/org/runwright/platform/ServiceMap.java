package org.runwright.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The services of one platform and what depends on what. Immutable and free of cycles.
 *
 * @param platform its name
 * @param services by name
 */
public record ServiceMap(String platform, SortedMap<String, Service> services) {

  /**
   * @throws IllegalArgumentException if a dependency is unknown or there is a cycle
   */
  public ServiceMap {
    services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
    Map<String, Set<String>> needs = new TreeMap<>();
    for (Service service : services.values()) {
      needs.put(service.name(), service.dependsOn());
      if (!services.keySet().containsAll(service.dependsOn())) {
        throw new IllegalArgumentException(
            "the service " + service.name() + " depends on one that the map does not hold");
      }
    }
    List<List<String>> circles = Circles.in(needs);
    if (!circles.isEmpty()) {
      throw new IllegalArgumentException("a cycle: " + String.join(" → ", circles.get(0)));
    }
  }

  /** A map without services. */
  public static ServiceMap empty() {
    return new ServiceMap("", Collections.emptySortedMap());
  }

  public Optional<Service> service(String name) {
    return Optional.ofNullable(services.get(name));
  }

  /**
   * The order of starting these services: levels, each to be started side by side once the one
   * before it runs (longest path; a service stands one level above the highest of what it depends
   * on). Dependencies outside the selection are not added and do not count.
   *
   * @throws IllegalArgumentException if a name is no service
   */
  public List<List<Service>> levels(Collection<String> selection) {
    requireKnown(selection);
    Map<String, Integer> height = new TreeMap<>();
    Set<String> chosen = Set.copyOf(selection);
    for (String name : chosen) {
      height(name, chosen, height);
    }
    TreeMap<Integer, List<Service>> levels = new TreeMap<>();
    height.forEach(
        (name, level) ->
            levels.computeIfAbsent(level, l -> new ArrayList<>()).add(services.get(name)));
    return levels.values().stream().map(Collections::unmodifiableList).toList();
  }

  /**
   * These services and, transitively, everything they depend on.
   *
   * @throws IllegalArgumentException if a name is no service
   */
  public Set<String> withDependencies(Collection<String> names) {
    requireKnown(names);
    Set<String> found = new LinkedHashSet<>();
    names.forEach(name -> collectDependencies(name, found));
    return found;
  }

  /**
   * These services and, transitively, everything that depends on them.
   *
   * @throws IllegalArgumentException if a name is no service
   */
  public Set<String> withDependents(Collection<String> names) {
    requireKnown(names);
    Set<String> found = new TreeSet<>(names);
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Service service : services.values()) {
        if (!Collections.disjoint(service.dependsOn(), found)) {
          grown |= found.add(service.name());
        }
      }
    }
    return found;
  }

  private void requireKnown(Collection<String> names) {
    for (String name : names) {
      if (!services.containsKey(name)) {
        throw new IllegalArgumentException(
            "no service " + FileProblems.quoted(name) + Suggestion.ending(name, services.keySet()));
      }
    }
  }

  private void collectDependencies(String name, Set<String> found) {
    if (found.add(name)) {
      services.get(name).dependsOn().forEach(needed -> collectDependencies(needed, found));
    }
  }

  private int height(String name, Set<String> selection, Map<String, Integer> known) {
    Integer height = known.get(name);
    if (height == null) {
      int level = 0;
      for (String needed : services.get(name).dependsOn()) {
        if (selection.contains(needed)) {
          level = Math.max(level, height(needed, selection, known) + 1);
        }
      }
      known.put(name, level);
      height = level;
    }
    return height;
  }
}
