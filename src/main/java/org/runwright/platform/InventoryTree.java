package org.runwright.platform;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The groups and hosts of an inventory while it is being read, and Ansible's rules for which
 * variable wins: parents before children (by depth, {@code all} first), then by {@code
 * ansible_group_priority}, then by name; a host's own last.
 */
final class InventoryTree {

  static final String ALL = "all";

  private static final String UNGROUPED = "ungrouped";
  private static final Comparator<InventoryGroup> WEAKEST_FIRST =
      Comparator.<InventoryGroup>comparingInt(group -> group.depth)
          .thenComparingInt(group -> group.priority)
          .thenComparing(group -> group.name);

  private final Map<String, InventoryGroup> groups = new LinkedHashMap<>();
  private final Map<String, Map<String, YamlValue>> hosts = new LinkedHashMap<>();
  private final Map<String, Set<InventoryGroup>> direct = new LinkedHashMap<>();

  InventoryTree() {
    group(ALL);
  }

  InventoryGroup group(String name) {
    return groups.computeIfAbsent(name, InventoryGroup::new);
  }

  int groups() {
    return groups.size();
  }

  int hosts() {
    return hosts.size();
  }

  void adopt(InventoryGroup parent, InventoryGroup child, YamlValue place) {
    parent.children.putIfAbsent(child.name, place);
    child.parents.add(parent.name);
  }

  void addHost(InventoryGroup group, String name, Map<String, YamlValue> variables) {
    group.hosts.add(name);
    hosts.computeIfAbsent(name, n -> new LinkedHashMap<>()).putAll(variables);
    direct.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(group);
  }

  /** Tells each circle of groups with the place that closes it. */
  void circles(BiConsumer<List<String>, YamlValue> told) {
    Map<String, Set<String>> edges = new LinkedHashMap<>();
    groups.values().forEach(group -> edges.put(group.name, group.children.keySet()));
    for (List<String> circle : Circles.in(edges)) {
      String last = circle.get(circle.size() - 2);
      told.accept(circle, group(last).children.get(circle.get(0)));
    }
  }

  /** Only of a tree without circles. */
  Inventory inventory(ConnectionVariables connections) {
    gatherUngrouped();
    groups.values().stream()
        .filter(group -> group.parents.isEmpty() && !group.name.equals(ALL))
        .forEach(group -> group.parents.add(ALL));
    TreeMap<String, Host> built = new TreeMap<>();
    hosts.forEach((name, own) -> built.put(name, host(name, own, connections)));
    return new Inventory(
        Collections.unmodifiableSortedMap(built),
        membership(),
        ConnectionVariables.withoutSecrets(group(ALL).variables));
  }

  /** Whoever is in another group is not ungrouped, even where the file says so. */
  private void gatherUngrouped() {
    direct.forEach(
        (host, holders) -> {
          boolean grouped =
              holders.stream().anyMatch(g -> !g.name.equals(ALL) && !g.name.equals(UNGROUPED));
          if (grouped && holders.removeIf(group -> group.name.equals(UNGROUPED))) {
            group(UNGROUPED).hosts.remove(host);
          } else if (!grouped) {
            group(UNGROUPED).hosts.add(host);
            holders.add(group(UNGROUPED));
          }
        });
  }

  private Host host(String name, Map<String, YamlValue> own, ConnectionVariables connections) {
    Set<InventoryGroup> holders = new LinkedHashSet<>();
    direct.get(name).forEach(group -> collectParents(group, holders));
    Map<String, YamlValue> merged = new LinkedHashMap<>();
    SortedSet<String> names = new TreeSet<>();
    for (InventoryGroup group : holders) {
      names.add(group.name);
      depth(group);
    }
    holders.stream().sorted(WEAKEST_FIRST).forEach(group -> merged.putAll(group.variables));
    merged.putAll(own);
    return connections.host(name, Collections.unmodifiableSortedSet(names), merged);
  }

  private void collectParents(InventoryGroup group, Set<InventoryGroup> found) {
    if (found.add(group)) {
      group.parents.forEach(parent -> collectParents(group(parent), found));
      found.add(group(ALL));
    }
  }

  private int depth(InventoryGroup group) {
    if (group.depth < 0) {
      group.depth =
          group.parents.stream().mapToInt(parent -> depth(group(parent)) + 1).max().orElse(0);
    }
    return group.depth;
  }

  private SortedMap<String, List<String>> membership() {
    TreeMap<String, List<String>> membership = new TreeMap<>();
    for (InventoryGroup group : groups.values()) {
      Set<String> members = new LinkedHashSet<>();
      collectHosts(group, members, new HashSet<>());
      membership.put(group.name, List.copyOf(members));
    }
    membership.put(ALL, List.copyOf(hosts.keySet()));
    return Collections.unmodifiableSortedMap(membership);
  }

  private void collectHosts(InventoryGroup group, Set<String> members, Set<String> visited) {
    if (visited.add(group.name)) {
      members.addAll(group.hosts);
      group.children.keySet().forEach(child -> collectHosts(group(child), members, visited));
    }
  }
}
