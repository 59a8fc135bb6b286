package org.runwright.platform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Walks a document once, aliases followed, and refuses what its readers need not be ready for:
 * circles, too much of anything, double keys, keys that are no text, unknown tags, NUL.
 */
final class YamlBounds {

  static final int DEPTH = 100;
  static final int ALIASES = 1_000;
  static final String UNKNOWN_TAG = "unknown tag; put a text that begins with ! in quotes";

  private static final int VALUES = 100_000;
  private static final int KEY_LENGTH = 200;

  /** YAML's own, and Ansible's for values that are encrypted or not to be templated. */
  private static final Set<String> TAGS =
      Set.of(
          Tag.MAP.getValue(),
          Tag.SEQ.getValue(),
          Tag.STR.getValue(),
          Tag.INT.getValue(),
          Tag.FLOAT.getValue(),
          Tag.BOOL.getValue(),
          Tag.NULL.getValue(),
          Tag.TIMESTAMP.getValue(),
          Tag.MERGE.getValue(),
          "tag:yaml.org,2002:value",
          "!vault",
          "!vault-encrypted",
          "!unsafe");

  private final FileProblems problems;
  private final Set<Node> path = Collections.newSetFromMap(new IdentityHashMap<>());
  private int values;

  YamlBounds(FileProblems problems) {
    this.problems = problems;
  }

  boolean hold(Node root) {
    return walk(root) && problems.none();
  }

  /** False ends the walk. */
  private boolean walk(Node node) {
    if (++values > VALUES) {
      return refuse(node, "the file holds more than 100,000 values, aliases followed");
    }
    if (!TAGS.contains(node.getTag().getValue())) {
      refuse(node, UNKNOWN_TAG);
    }
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue().indexOf('\0') < 0 || refuse(node, "holds a NUL character");
    }
    if (!path.add(node)) {
      return refuse(node, "this value contains itself by an alias");
    }
    if (path.size() > DEPTH) {
      return refuse(node, "nested deeper than " + DEPTH + " levels");
    }
    boolean held = children(node).stream().allMatch(this::walk);
    path.remove(node);
    return held;
  }

  private List<Node> children(Node node) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    List<Node> children = new ArrayList<>();
    Map<String, Mark> keys = new HashMap<>();
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      checkKey(tuple.getKeyNode(), keys);
      children.add(tuple.getKeyNode());
      children.add(tuple.getValueNode());
    }
    return children;
  }

  private void checkKey(Node node, Map<String, Mark> keys) {
    if (!(node instanceof ScalarNode key)) {
      refuse(node, "a key must be a text");
    } else if (key.getValue().isBlank()) {
      refuse(node, "a key is missing before the colon");
    } else if (key.getValue().length() > KEY_LENGTH) {
      refuse(node, "a key must not be longer than " + KEY_LENGTH + " characters");
    } else if (!key.getTag().equals(Tag.MERGE)) {
      Mark first = keys.putIfAbsent(key.getValue(), node.getStartMark());
      if (first != null) {
        String name = FileProblems.quoted(key.getValue());
        refuse(node, name + " is there twice, first in line " + (first.getLine() + 1));
      }
    }
  }

  private boolean refuse(Node node, String message) {
    Mark mark = node.getStartMark();
    problems.add(mark.getLine() + 1, mark.getColumn() + 1, message);
    return false;
  }
}
