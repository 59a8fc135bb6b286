package org.runwright.platform;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Ansible's YAML inventory, as its plugin {@code ansible.builtin.yaml} does, but refuses what
 * the plugin skips in silence.
 */
final class InventoryFile {

  private static final int MOST_GROUPS = 1_000;
  private static final List<String> SECTIONS = List.of("hosts", "children", "vars");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_:][\\p{L}\\p{N}._:%-]{0,252}");
  private static final Pattern GROUP = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]{0,99}");
  private static final Pattern BRACKETED_PORT =
      Pattern.compile("\\[([^\\[\\]]*:[^\\[\\]]*:.*)]:(\\d+)");
  private static final Pattern PLAIN_PORT =
      Pattern.compile("((?:[^:\\[\\]]|\\[[^\\[\\]]*])+):(\\d+)");

  private final FileProblems problems;
  private final InventoryTree tree = new InventoryTree();

  private InventoryFile(FileProblems problems) {
    this.problems = problems;
  }

  /** The inventory; empty if there is any problem. */
  static Optional<Inventory> read(
      byte[] content, Surroundings surroundings, FileProblems problems) {
    return YamlFile.read(content, problems)
        .flatMap(root -> new InventoryFile(problems).read(root, surroundings));
  }

  private Optional<Inventory> read(YamlMap root, Surroundings surroundings) {
    for (YamlMap.Entry entry : root.entries()) {
      readGroup(entry);
    }
    if (problems.none()) {
      tree.circles(InventoryFile::refuseCircle);
    }
    if (!problems.none()) {
      return Optional.empty();
    }
    Inventory inventory = tree.inventory(new ConnectionVariables(surroundings));
    return problems.none() ? Optional.of(inventory) : Optional.empty();
  }

  private static void refuseCircle(List<String> circle, YamlValue place) {
    place.problem("groups hold each other in a circle: " + String.join(" → ", circle));
  }

  private Optional<InventoryGroup> readGroup(YamlMap.Entry entry) {
    if (!GROUP.matcher(entry.name()).matches()) {
      entry.key().problem("a group's name has letters, digits, _, . and -, at most 100");
      return Optional.empty();
    }
    InventoryGroup group = tree.group(entry.name());
    if (tree.groups() > MOST_GROUPS) {
      entry.key().problem("more than 1,000 groups, the most allowed");
      return Optional.empty();
    }
    if (!entry.value().isNull()) {
      entry.value().map().ifPresent(sections -> readSections(group, sections));
    }
    return Optional.of(group);
  }

  private void readSections(InventoryGroup group, YamlMap sections) {
    sections.allow(SECTIONS);
    for (YamlMap.Entry section : sections.entries()) {
      switch (section.name()) {
        case "vars" -> members(section).forEach(entry -> setVariable(group, entry));
        case "children" -> members(section).forEach(entry -> readChild(group, entry));
        case "hosts" -> members(section).forEach(entry -> readHosts(group, entry));
        default -> {}
      }
    }
  }

  /** The entries of a section; Ansible takes a single name for a mapping with that key. */
  private static Collection<YamlMap.Entry> members(YamlMap.Entry section) {
    YamlValue value = section.value();
    if (value.isNull()) {
      return List.of();
    }
    if (value.isText() && !section.name().equals("vars")) {
      return value
          .text()
          .map(name -> List.of(new YamlMap.Entry(name, value, value.nothing())))
          .orElse(List.of());
    }
    return value.map().map(YamlMap::entries).orElse(List.of());
  }

  private void setVariable(InventoryGroup group, YamlMap.Entry entry) {
    if (entry.name().equals("ansible_group_priority")) {
      entry.value().integer(-1_000_000, 1_000_000).ifPresent(number -> group.priority = number);
    } else {
      group.variables.put(entry.name(), entry.value());
    }
  }

  private void readChild(InventoryGroup parent, YamlMap.Entry entry) {
    if (entry.name().equals(InventoryTree.ALL)) {
      entry.key().problem("the group all holds every group and cannot be a child of one");
      return;
    }
    readGroup(entry).ifPresent(child -> tree.adopt(parent, child, entry.key()));
  }

  private void readHosts(InventoryGroup group, YamlMap.Entry entry) {
    try {
      Matcher bracketed = BRACKETED_PORT.matcher(entry.name());
      Matcher plain = PLAIN_PORT.matcher(entry.name());
      Map<String, YamlValue> variables = new LinkedHashMap<>();
      List<String> names = List.of(entry.name());
      if (bracketed.matches()) {
        names = List.of(bracketed.group(1));
        variables.put("ansible_port", entry.key().instead(bracketed.group(2)));
      } else if (plain.matches()) {
        names = HostRange.expand(plain.group(1));
        variables.put("ansible_port", entry.key().instead(plain.group(2)));
      } else {
        names = HostRange.expand(entry.name());
      }
      if (!entry.value().isNull()) {
        entry
            .value()
            .map()
            .ifPresent(map -> map.entries().forEach(e -> variables.put(e.name(), e.value())));
      }
      addHosts(group, names, entry.key(), variables);
    } catch (Malformed e) {
      entry.key().problem(e.getMessage());
    }
  }

  private void addHosts(
      InventoryGroup group, List<String> names, YamlValue place, Map<String, YamlValue> variables)
      throws Malformed {
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new Malformed("a host's name has letters, digits, _, ., :, % and -, at most 253");
      }
      tree.addHost(group, name, variables);
      if (tree.hosts() > HostRange.LIMIT) {
        throw new Malformed("more than 10,000 hosts, the most allowed");
      }
    }
  }
}
