package org.runwright.platform;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of a YAML file with its place. A getter whose answer is empty has told the problem. Not
 * thread-safe.
 */
public final class YamlValue {

  private static final int MAX_TEXT = 10_000;
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,8})");
  private static final Pattern SHORTHAND = Pattern.compile("(\\d{1,9})\\s*([smhSMH])");
  private static final Set<String> TRUE = Set.of("true", "yes", "on");
  private static final Set<String> VAULT = Set.of("!vault", "!vault-encrypted");

  private final Node node;
  private final FileProblems problems;

  YamlValue(Node node, FileProblems problems) {
    this.node = node;
    this.problems = problems;
  }

  /** Tells what is wrong with this value. */
  public void problem(String message) {
    problems.add(node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, message);
  }

  /** Whether nothing stands here, as after {@code key:}. */
  public boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  /** Another text at the place of this one. */
  YamlValue instead(String text) {
    return scalar(Tag.STR, text);
  }

  /** Nothing, at the place of this value. */
  YamlValue nothing() {
    return scalar(Tag.NULL, "");
  }

  private YamlValue scalar(Tag tag, String text) {
    return new YamlValue(
        new ScalarNode(
            tag, text, node.getStartMark(), node.getEndMark(), DumperOptions.ScalarStyle.PLAIN),
        problems);
  }

  boolean isText() {
    return node instanceof ScalarNode && !isNull();
  }

  boolean isVault() {
    return VAULT.contains(node.getTag().getValue());
  }

  /** The scalar as it was written, numbers and booleans too. */
  public Optional<String> text() {
    if (!isText()) {
      return refuse("must be a text" + found());
    }
    if (isVault()) {
      return refuse(
          "is encrypted by Ansible Vault, which cannot be opened here; use a lookup of a file or of"
              + " an environment variable, such as \"{{ lookup('env', 'NAME') }}\"");
    }
    String text = ((ScalarNode) node).getValue();
    return text.length() > MAX_TEXT
        ? refuse("is longer than 10,000 characters, the most allowed")
        : Optional.of(text);
  }

  /** A text that is not blank. */
  public Optional<String> filledText() {
    return text().flatMap(text -> text.isBlank() ? refuse("must not be empty") : Optional.of(text));
  }

  /**
   * A text that matches the pattern as a whole.
   *
   * @param what ends the sentence "must be …"
   */
  public Optional<String> text(Pattern pattern, String what) {
    return text()
        .flatMap(
            text ->
                pattern.matcher(text).matches()
                    ? Optional.of(text)
                    : refuse("must be " + what + ", not " + FileProblems.quoted(text)));
  }

  /** One of the words. */
  public Optional<String> oneOf(Collection<String> allowed) {
    return text()
        .flatMap(
            text ->
                allowed.contains(text)
                    ? Optional.of(text)
                    : refuse(
                        "unknown value "
                            + FileProblems.quoted(text)
                            + Suggestion.ending(text, allowed)));
  }

  /** A YAML boolean: true, false, yes, no, on, off. */
  public Optional<Boolean> bool() {
    if (!node.getTag().equals(Tag.BOOL)) {
      return refuse("must be true or false" + found());
    }
    String text = ((ScalarNode) node).getValue().toLowerCase(Locale.ROOT);
    return Optional.of(TRUE.contains(text));
  }

  /** A whole decimal number between the two, both allowed. */
  public Optional<Integer> integer(int least, int most) {
    String what = "must be a whole number from " + least + " to " + most;
    if (!isText() || isVault() || !WHOLE.matcher(((ScalarNode) node).getValue()).matches()) {
      return refuse(what + found());
    }
    int number = Integer.parseInt(((ScalarNode) node).getValue());
    return number < least || number > most ? refuse(what) : Optional.of(number);
  }

  /** A positive duration in ISO-8601, at most 30 days. */
  public Optional<Duration> duration() {
    String what = "must be an ISO-8601 duration such as PT30S, above zero and at most P30D";
    Optional<String> text = text();
    try {
      Optional<Duration> duration = text.map(Duration::parse);
      boolean bad =
          duration
              .filter(d -> d.isNegative() || d.isZero() || d.compareTo(LONGEST) > 0)
              .isPresent();
      return bad ? refuse(what) : duration;
    } catch (DateTimeParseException e) {
      String meant =
          text.map(SHORTHAND::matcher)
              .filter(java.util.regex.Matcher::matches)
              .map(
                  m -> "; did you mean PT" + m.group(1) + m.group(2).toUpperCase(Locale.ROOT) + "?")
              .orElse("");
      return refuse(what + meant);
    }
  }

  /** The elements of a list; empty with a problem if it is none. */
  public List<YamlValue> items() {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(item -> new YamlValue(item, problems)).toList();
    }
    problem("must be a list such as [a, b]" + found());
    return List.of();
  }

  /** The elements of a list, or the one value that stands in its place. */
  public List<YamlValue> itemOrItems() {
    return isText() ? List.of(this) : items();
  }

  public Optional<YamlMap> map() {
    return node instanceof MappingNode mapping
        ? Optional.of(new YamlMap(mapping, problems))
        : refuse("must be a mapping (key: value)" + found());
  }

  /**
   * The value as maps, lists, texts, booleans, {@code Long} and {@code Double}, as YAML 1.1 reads
   * them; what Java has no plain value for (dates, encrypted values) stays text. Nothing stands as
   * an empty text, so that no map holds null.
   */
  public Object plain() {
    if (node instanceof MappingNode mapping) {
      return new YamlMap(mapping, problems).plain();
    }
    return node instanceof SequenceNode
        ? items().stream().map(YamlValue::plain).toList()
        : YamlScalar.plain((ScalarNode) node);
  }

  private String found() {
    if (isNull()) {
      return ", but nothing is there";
    }
    return node instanceof MappingNode
        ? ", but a mapping is there"
        : node instanceof SequenceNode ? ", but a list is there" : "";
  }

  private <T> Optional<T> refuse(String message) {
    problem(message);
    return Optional.empty();
  }
}
