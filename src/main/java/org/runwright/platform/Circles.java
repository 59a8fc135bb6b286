package org.runwright.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds circles in a graph of names, by depth-first search. */
final class Circles {

  private final Map<String, ? extends Collection<String>> edges;
  private final Set<String> done = new LinkedHashSet<>();
  private final Map<String, Integer> path = new LinkedHashMap<>();
  private final List<List<String>> found = new ArrayList<>();

  private Circles(Map<String, ? extends Collection<String>> edges) {
    this.edges = edges;
  }

  /**
   * At least one circle where there is any, each with its first name once more at its end. Names
   * without edges of their own are left alone.
   */
  static List<List<String>> in(Map<String, ? extends Collection<String>> edges) {
    Circles circles = new Circles(edges);
    edges.keySet().forEach(circles::visit);
    return circles.found;
  }

  private void visit(String name) {
    Integer onPath = path.get(name);
    if (onPath != null) {
      List<String> circle = new ArrayList<>(path.keySet()).subList(onPath, path.size());
      circle.add(name);
      found.add(List.copyOf(circle));
    } else if (edges.containsKey(name) && !done.contains(name)) {
      path.put(name, path.size());
      edges.get(name).forEach(this::visit);
      path.remove(name);
      done.add(name);
    }
  }
}
