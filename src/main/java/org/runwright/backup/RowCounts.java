package org.runwright.backup;

import java.util.ArrayList;
import java.util.List;

/**
 * How many rows a backup has. The full list of tables lies beside the file.
 *
 * @param digest SHA-256 of that list
 * @param largest the tables with the most rows, 20 at most
 */
public record RowCounts(long tables, long rows, String digest, List<Table> largest) {

  static final RowCounts NONE = new RowCounts(0, 0, "", List.of());

  /** A table and its rows. */
  public record Table(String name, long rows) {}

  /** Reads what a dump reports: {@code 12 customer;3 order;}; what is cut off is left out. */
  static List<Table> tables(String text) {
    List<Table> tables = new ArrayList<>();
    for (int from = 0, end; (end = text.indexOf(';', from)) >= 0; from = end + 1) {
      String entry = text.substring(from, end);
      int blank = entry.indexOf(' ');
      if (blank > 0 && entry.substring(0, blank).matches("[0-9]{1,18}")) {
        tables.add(
            new Table(entry.substring(blank + 1), Long.parseLong(entry.substring(0, blank))));
      }
    }
    return tables;
  }
}
