package org.runwright.platform;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a YAML file with its place, in the order of the file, merge keys ({@code <<})
 * followed. Not thread-safe.
 */
public final class YamlMap {

  private final YamlValue own;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  YamlMap(MappingNode node, FileProblems problems) {
    own = new YamlValue(node, problems);
    fill(node, problems);
  }

  /** Tells a problem of the mapping as a whole. */
  public void problem(String message) {
    own.problem(message);
  }

  public Collection<Entry> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** The value of a key that may be missing. */
  public Optional<YamlValue> get(String key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  /** The value of a key that must be there; empty with a problem if it is not. */
  public Optional<YamlValue> require(String key) {
    if (!has(key)) {
      problem(FileProblems.quoted(key) + " is missing");
    }
    return get(key);
  }

  /** Refuses every other key. */
  public void allow(List<String> keys) {
    for (Entry entry : entries.values()) {
      if (!keys.contains(entry.name)) {
        entry.key.problem(
            "unknown key " + FileProblems.quoted(entry.name) + Suggestion.ending(entry.name, keys));
      }
    }
  }

  Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    entries.values().forEach(entry -> plain.put(entry.name, entry.value.plain()));
    return Collections.unmodifiableMap(plain);
  }

  /** What stands in the mapping itself wins over what it merges in, earlier over later. */
  private void fill(MappingNode node, FileProblems problems) {
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key && !key.getTag().equals(Tag.MERGE)) {
        YamlValue value = new YamlValue(tuple.getValueNode(), problems);
        Entry entry = new Entry(key.getValue(), new YamlValue(key, problems), value);
        entries.putIfAbsent(entry.name, entry);
      }
    }
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
        merge(tuple.getValueNode(), problems);
      }
    }
  }

  private void merge(Node merged, FileProblems problems) {
    List<Node> sources =
        merged instanceof SequenceNode sequence ? sequence.getValue() : List.of(merged);
    for (Node source : sources) {
      if (source instanceof MappingNode mapping) {
        fill(mapping, problems);
      } else {
        new YamlValue(source, problems).problem("only mappings can be merged by <<");
      }
    }
  }

  /** One key with its value. */
  public record Entry(String name, YamlValue key, YamlValue value) {}
}
