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

  public Optional<Service> service(String name) {
    return Optional.ofNullable(services.get(name));
  }

  /**
   * The order of starting these services: levels, each to be started side by side once the one
   * before it runs (Kahn's algorithm by level; a service stands one level above the highest of what
   * it depends on). Dependencies outside the selection are not added and do not count.
   */
  public List<List<Service>> levels(Collection<String> selection) {
    Map<String, Integer> height = new TreeMap<>();
    for (String name : selection) {
      height(name, Set.copyOf(selection), height);
    }
    TreeMap<Integer, List<Service>> levels = new TreeMap<>();
    height.forEach(
        (name, level) ->
            levels.computeIfAbsent(level, l -> new ArrayList<>()).add(services.get(name)));
    return levels.values().stream().map(Collections::unmodifiableList).toList();
  }

  /** These services and, transitively, everything they depend on. */
  public Set<String> withDependencies(Collection<String> names) {
    Set<String> found = new LinkedHashSet<>();
    names.forEach(name -> collectDependencies(name, found));
    return found;
  }

  /** These services and, transitively, everything that depends on them. */
  public Set<String> withDependents(Collection<String> names) {
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
