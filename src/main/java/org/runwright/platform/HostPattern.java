package org.runwright.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ansible's patterns of hosts: names of hosts and groups, {@code all} or {@code *}, wildcards,
 * {@code app[0:2]} for the first three of a group, joined with {@code :} or {@code ,}; a part that
 * begins with {@code &} keeps only its hosts, one with {@code !} leaves them out, in whatever order
 * they are written. Unlike in Ansible, every part has to match something, so that a mistyped
 * exclusion excludes.
 */
final class HostPattern {

  private static final Pattern SEPARATOR = Pattern.compile("[:,](?![^\\[]*])");
  private static final Pattern SUBSCRIPT =
      Pattern.compile("(.+)\\[(?:(-?\\d{1,9})|(\\d{1,9})[:-](\\d{0,9}))]");

  private final Inventory inventory;

  HostPattern(Inventory inventory) {
    this.inventory = inventory;
  }

  /**
   * The hosts in the order of the inventory.
   *
   * @throws NoSuchHosts if the pattern, or a part of it, matches none
   */
  List<Host> select(String pattern) {
    List<String> parts =
        SEPARATOR.splitAsStream(pattern).map(String::strip).filter(s -> !s.isEmpty()).toList();
    if (parts.isEmpty()) {
      throw new NoSuchHosts("is empty; for every host write all");
    }
    if (inventory.hosts().isEmpty()) {
      throw new NoSuchHosts("selects no host: the inventory has none");
    }
    Set<String> selected = new LinkedHashSet<>();
    parts.stream().filter(HostPattern::adds).forEach(part -> selected.addAll(hosts(part)));
    if (parts.stream().noneMatch(HostPattern::adds)) {
      selected.addAll(everyHost());
    }
    parts.stream().filter(p -> p.startsWith("&")).forEach(p -> selected.retainAll(rest(p)));
    parts.stream().filter(p -> p.startsWith("!")).forEach(p -> selected.removeAll(rest(p)));
    if (selected.isEmpty()) {
      throw new NoSuchHosts("selects no host: its parts leave none over");
    }
    return everyHost().stream()
        .filter(selected::contains)
        .map(name -> Objects.requireNonNull(inventory.hosts().get(name)))
        .toList();
  }

  private static boolean adds(String part) {
    return !part.startsWith("&") && !part.startsWith("!");
  }

  private Set<String> rest(String part) {
    String name = part.substring(1).strip();
    if (name.isEmpty()) {
      throw new NoSuchHosts("has " + part.charAt(0) + " without a name behind it");
    }
    return hosts(name);
  }

  private Set<String> hosts(String part) {
    if (part.startsWith("~")) {
      throw new NoSuchHosts("has a regular expression, which is not read; * and ? are");
    }
    if (inventory.hosts().containsKey(part)) {
      return Set.of(part);
    }
    Matcher subscript = SUBSCRIPT.matcher(part);
    if (subscript.matches()) {
      return some(part, List.copyOf(named(subscript.group(1))), subscript);
    }
    return named(part);
  }

  private Set<String> some(String part, List<String> hosts, Matcher subscript) {
    int from;
    int to;
    if (subscript.group(2) != null) {
      int index = Integer.parseInt(subscript.group(2));
      from = index < 0 ? hosts.size() + index : index;
      to = from;
    } else {
      from = Integer.parseInt(subscript.group(3));
      String end = subscript.group(4);
      to = end.isEmpty() ? hosts.size() - 1 : Math.min(Integer.parseInt(end), hosts.size() - 1);
    }
    if (from < 0 || from >= hosts.size() || to < from) {
      throw new NoSuchHosts(
          "has %s, but %s has %d hosts, counted from 0"
              .formatted(
                  FileProblems.quoted(part),
                  FileProblems.quoted(subscript.group(1)),
                  hosts.size()));
    }
    return new LinkedHashSet<>(hosts.subList(from, to + 1));
  }

  /** The hosts of every group that matches, and where none does, or with a wildcard, the hosts. */
  private Set<String> named(String name) {
    if (name.equals(InventoryTree.ALL) || name.equals("*")) {
      return new LinkedHashSet<>(everyHost());
    }
    List<String> groups = matching(name, inventory.groups().keySet());
    Set<String> found = new LinkedHashSet<>();
    groups.forEach(group -> found.addAll(inventory.groups().getOrDefault(group, List.of())));
    if (groups.isEmpty() || Glob.isOne(name)) {
      found.addAll(matching(name, everyHost()));
    }
    if (found.isEmpty()) {
      throw new NoSuchHosts(
          groups.isEmpty() ? unknown(name) : "names a group without hosts: " + name);
    }
    return found;
  }

  private String unknown(String name) {
    if (Glob.isOne(name)) {
      return "matches no host or group: " + FileProblems.quoted(name);
    }
    Collection<String> known =
        Stream.concat(inventory.groups().keySet().stream(), everyHost().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return "names no host or group: " + FileProblems.quoted(name) + Suggestion.ending(name, known);
  }

  private static List<String> matching(String name, Collection<String> names) {
    if (!Glob.isOne(name)) {
      return names.contains(name) ? List.of(name) : List.of();
    }
    Glob glob = new Glob(name);
    return new ArrayList<>(names.stream().filter(glob::matches).toList());
  }

  /** In the order of the inventory. */
  private List<String> everyHost() {
    return inventory
        .groups()
        .getOrDefault(InventoryTree.ALL, List.copyOf(inventory.hosts().keySet()));
  }
}
