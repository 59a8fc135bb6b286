package org.runwright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What was measured: told as it comes, and written into the documentation at the end. */
final class Table {

  private static final String BEGIN = "<!-- measured: begin (scripts/bench --write) -->";
  private static final String END = "<!-- measured: end -->";

  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\|");
  private static final Pattern TIME = Pattern.compile("- targets ([\\d, ]+): (measured at .*)");

  private final List<Row> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  void add(Row row) {
    rows.add(row);
    System.out.printf(
        "%2d  %-66s %14s  %s%n",
        row.target(),
        row.what(),
        row.value(),
        row.goal().isEmpty() ? "" : row.goal() + (row.met() ? ": met" : ": MISSED"));
  }

  /** Something that is not a number, such as what could not be measured. */
  void note(String text) {
    notes.add(text);
    System.out.println("    " + text);
  }

  static void progress(String text) {
    System.out.println("..  " + text);
  }

  /**
   * Writes between the markers of a file; rows of targets that were not measured now stay, and it
   * is told when each was.
   */
  void write(Path page, List<String> facts) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(page + " has no markers to write between");
    }
    begin += BEGIN.length();
    Files.writeString(
        page,
        text.substring(0, begin)
            + "\n"
            + body(facts, text.substring(begin, end).lines().toList())
            + text.substring(end));
  }

  private String body(List<String> facts, List<String> before) {
    Set<Integer> now =
        rows.stream().map(Row::target).collect(Collectors.toCollection(TreeSet::new));
    Map<Integer, List<String>> lines = new TreeMap<>();
    for (String line : before) {
      Matcher row = ROW.matcher(line);
      if (row.lookingAt() && !now.contains(Integer.valueOf(row.group(1)))) {
        lines.computeIfAbsent(Integer.valueOf(row.group(1)), t -> new ArrayList<>()).add(line);
      }
    }
    StringBuilder text = new StringBuilder();
    text.append(times(now, facts.get(0)));
    for (String line : before) {
      Matcher time = TIME.matcher(line);
      if (time.matches()) {
        Set<Integer> then = new TreeSet<>();
        Arrays.stream(time.group(1).split(", ")).map(Integer::valueOf).forEach(then::add);
        then.retainAll(lines.keySet());
        text.append(times(then, time.group(2)));
      }
    }
    facts.stream().skip(1).forEach(fact -> text.append("- ").append(fact).append('\n'));
    text.append("\n| | what | measured | target | |\n| --- | --- | --- | --- | --- |\n");
    for (Row row : rows) {
      lines.computeIfAbsent(row.target(), t -> new ArrayList<>()).add(line(row));
    }
    lines.values().forEach(some -> some.forEach(line -> text.append(line).append('\n')));
    if (!notes.isEmpty()) {
      text.append('\n');
      notes.forEach(note -> text.append("- ").append(note).append('\n'));
    }
    return text.toString();
  }

  private static String times(Set<Integer> targets, String when) {
    return targets.isEmpty()
        ? ""
        : "- targets %s: %s%n"
            .formatted(
                targets.stream().map(String::valueOf).collect(Collectors.joining(", ")), when);
  }

  private static String line(Row row) {
    return "| %d | %s | %s | %s | %s |"
        .formatted(
            row.target(),
            row.what(),
            row.value(),
            row.goal(),
            row.goal().isEmpty() ? "" : row.met() ? "met" : "**missed**");
  }
}
