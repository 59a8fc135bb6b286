package org.runwright.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A document, with the parts of it that tests read. */
record Page(Path file, List<String> lines) {

  static Page read(String name) {
    Path file = Path.of(name);
    try {
      return new Page(file, Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  /** README.md and every document in {@code docs/}. */
  static List<Page> all() {
    try (Stream<Path> files = Files.walk(Path.of("docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), files)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(file -> read(file.toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cells of every table row below a heading, up to the next heading, without the header. */
  List<List<String>> rowsBelow(String heading) {
    List<List<String>> rows = new ArrayList<>();
    List<String> section = below(heading);
    for (int i = 2; i < section.size(); i++) {
      boolean body = section.get(i).startsWith("|") && section.get(i - 1).startsWith("|");
      if (body && section.get(i - 2).startsWith("|")) {
        rows.add(cells(section.get(i)));
      }
    }
    return rows;
  }

  /** The lines of the fenced blocks of a language. */
  List<List<String>> blocks(String language) {
    List<List<String>> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```" + language)) {
        int end = i + 1;
        while (!lines.get(end).equals("```")) {
          end++;
        }
        blocks.add(lines.subList(i + 1, end));
        i = end;
      }
    }
    return blocks;
  }

  /** The texts within backticks of a cell. */
  static List<String> code(String cell) {
    Matcher matcher = Pattern.compile("`([^`]+)`").matcher(cell);
    return matcher.results().map(result -> result.group(1)).toList();
  }

  private List<String> below(String heading) {
    int from = lines.indexOf(heading);
    if (from < 0) {
      throw new IllegalArgumentException(file + " has no heading " + heading);
    }
    int to = from + 1;
    while (to < lines.size() && !lines.get(to).startsWith("#")) {
      to++;
    }
    return lines.subList(from + 1, to);
  }

  private static List<String> cells(String row) {
    String inner = row.substring(1, row.lastIndexOf('|'));
    return Arrays.stream(inner.split("(?<!\\\\)\\|", -1)).map(String::strip).toList();
  }
}
