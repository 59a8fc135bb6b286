package org.runwright.api;

import java.util.Locale;

/** Finds lines that contain a text, in whatever case; a bounded number of them. */
class LineSearch {

  private final String text;
  private final int limit;
  private int found;

  LineSearch(String text, int limit) {
    this.text = text.toLowerCase(Locale.ROOT);
    this.limit = limit;
  }

  /** The lines that are looked for, each with its end. */
  String filter(String body) {
    StringBuilder lines = new StringBuilder();
    body.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).contains(text))
        .takeWhile(line -> found < limit)
        .forEach(
            line -> {
              found++;
              lines.append(line).append('\n');
            });
    return lines.toString();
  }

  /** Whether as many were found as are allowed. */
  boolean full() {
    return found >= limit;
  }

  /** What is said then. */
  String more() {
    return "(the first " + limit + " lines; there may be more: ask for other words, or one step)\n";
  }
}
