package org.runwright.platform;

import java.util.Locale;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns a scalar into the value that YAML 1.1 gives it. */
final class YamlScalar {

  private YamlScalar() {}

  static Object plain(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    String text = scalar.getValue();
    if (tag.equals(Tag.NULL)) {
      return "";
    }
    if (tag.equals(Tag.BOOL)) {
      String word = text.toLowerCase(Locale.ROOT);
      return word.equals("true") || word.equals("yes") || word.equals("on");
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return number(tag, text);
    }
    return text;
  }

  /** Forms that Java does not read (base 60, infinity, beyond 64 bits) stay text. */
  private static Object number(Tag tag, String text) {
    String digits = text.replace("_", "");
    try {
      if (tag.equals(Tag.INT)) {
        return Long.decode(digits);
      }
      double number = Double.parseDouble(digits);
      return Double.isFinite(number) ? (Object) number : text;
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
