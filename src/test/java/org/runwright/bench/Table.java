package org.runwright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was measured: told as it comes, and written into the documentation at the end. */
final class Table {

  private static final String BEGIN = "<!-- measured: begin (scripts/bench --write) -->";
  private static final String END = "<!-- measured: end -->";

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

  /** Replaces what stands between the markers of a file. */
  void write(Path page, List<String> facts) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(page + " has no markers to write between");
    }
    Files.writeString(
        page, text.substring(0, begin + BEGIN.length()) + "\n" + body(facts) + text.substring(end));
  }

  private String body(List<String> facts) {
    StringBuilder text = new StringBuilder();
    facts.forEach(fact -> text.append("- ").append(fact).append('\n'));
    text.append("\n| | what | measured | target | |\n| --- | --- | --- | --- | --- |\n");
    rows.stream()
        .sorted(Comparator.comparingInt(Row::target))
        .forEach(
            row ->
                text.append(
                    "| %d | %s | %s | %s | %s |%n"
                        .formatted(
                            row.target(),
                            row.what(),
                            row.value(),
                            row.goal(),
                            row.goal().isEmpty() ? "" : row.met() ? "met" : "**missed**")));
    if (!notes.isEmpty()) {
      text.append('\n');
      notes.forEach(note -> text.append("- ").append(note).append('\n'));
    }
    return text.toString();
  }
}
