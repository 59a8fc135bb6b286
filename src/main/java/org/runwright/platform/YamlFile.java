package org.runwright.platform;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML that a user wrote, as nodes that know their place. Whatever the bytes are, the answer
 * is a mapping or problems with line and column, never an exception; messages hold no values, for
 * these may be secret.
 */
public final class YamlFile {

  /** A larger file is refused. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int MAX_MESSAGE = 200;

  private YamlFile() {}

  /** The mapping that the file holds; empty if it holds none, and the problems say why. */
  public static Optional<YamlMap> read(byte[] content, FileProblems problems) {
    if (content.length > MAX_BYTES) {
      problems.add("the file is larger than 1 MiB, the largest allowed; split it");
      return Optional.empty();
    }
    return decode(content, problems)
        .filter(text -> isPrintable(text, problems))
        .flatMap(text -> compose(text, problems))
        .filter(node -> new YamlBounds(problems).hold(node))
        .flatMap(node -> new YamlValue(node, problems).map());
  }

  private static Optional<Node> compose(String text, FileProblems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(YamlBounds.DEPTH);
    options.setMaxAliasesForCollections(YamlBounds.ALIASES);
    try {
      Node node = new Yaml(options).compose(new StringReader(text));
      if (node == null) {
        problems.add(1, 1, "the file is empty");
      }
      return Optional.ofNullable(node);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      int line = mark == null ? 0 : mark.getLine() + 1;
      problems.add(line, mark == null ? 0 : mark.getColumn() + 1, explain(e));
    } catch (RuntimeException e) {
      // The parser's own limits, and whatever else it throws at bytes that are no YAML at all.
      problems.add("the file is not valid YAML: " + cut(String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  private static String explain(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    if (problem.contains("undefined alias") || String.valueOf(e.getContext()).contains("alias")) {
      return "this alias names no anchor; put a text that begins with * in quotes";
    }
    if (problem.contains("another document")) {
      return "a second document begins here; a file holds one";
    }
    if (problem.contains("Global tag")) {
      return YamlBounds.UNKNOWN_TAG;
    }
    if (problem.contains("TAB")) {
      return "a tab cannot stand here; indent with spaces";
    }
    return "not valid YAML: " + cut(problem);
  }

  private static String cut(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "…" : line;
  }

  private static Optional<String> decode(byte[] content, FileProblems problems) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CharBuffer characters = CharBuffer.allocate(content.length);
    CoderResult result = decoder.decode(bytes, characters, true);
    characters.flip();
    String text = characters.toString();
    if (result.isError()) {
      int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
      int column = text.length() - (text.lastIndexOf('\n') + 1) + 1;
      String octet = String.format("0x%02X", content[bytes.position()]);
      problems.add(line, column, "byte " + octet + " is not UTF-8; save the file as UTF-8");
      return Optional.empty();
    }
    return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private static boolean isPrintable(String text, FileProblems problems) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!StreamReader.isPrintable(c)) {
        String name = c == 0 ? "a NUL character" : String.format("the character U+%04X", c);
        problems.add(line, column, name + " cannot stand in the file; remove it");
        return false;
      }
      column = c == '\n' ? 1 : column + 1;
      line += c == '\n' ? 1 : 0;
      i += Character.charCount(c);
    }
    return true;
  }
}
