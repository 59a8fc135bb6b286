package org.runwright.platform;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A group while its inventory is being read, merged from every place that speaks of it. */
final class InventoryGroup {

  final String name;
  final Map<String, YamlValue> variables = new LinkedHashMap<>();
  final Set<String> hosts = new LinkedHashSet<>();

  /** Child groups with the place that first named them. */
  final Map<String, YamlValue> children = new LinkedHashMap<>();

  final Set<String> parents = new LinkedHashSet<>();
  int priority = 1;

  /** Groups between this one and {@code all}, on the longest way; -1 while unknown. */
  int depth = -1;

  InventoryGroup(String name) {
    this.name = name;
  }
}
