package org.runwright.step;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Output of commands as words for people: one line, printable, of limited length. */
final class Words {

  private static final int LONGEST_LINE = 500;

  private Words() {}

  static String oneLine(String text, int longest) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= longest ? line : line.substring(0, longest) + "…";
  }

  /** The last line that says something; bytes that are not UTF-8 become replacement characters. */
  static Optional<String> lastLine(byte[] output) {
    return new String(output, StandardCharsets.UTF_8)
        .lines()
        .map(line -> oneLine(line, LONGEST_LINE))
        .filter(line -> !line.isEmpty())
        .reduce((before, line) -> line);
  }
}
