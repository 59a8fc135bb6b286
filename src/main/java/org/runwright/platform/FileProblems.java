package org.runwright.platform;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Collects what is wrong with one file, each problem once and at most {@value #LIMIT} of them. Not
 * thread-safe.
 */
public final class FileProblems {

  static final int LIMIT = 100;

  private static final int QUOTED_LENGTH = 60;

  private final String file;
  private final Set<FileProblem> found = new LinkedHashSet<>();

  public FileProblems(String file) {
    this.file = file;
  }

  public String file() {
    return file;
  }

  /** A problem of the file as a whole. */
  public void add(String message) {
    add(0, 0, message);
  }

  /**
   * @param line from 1
   * @param column from 1
   */
  public void add(int line, int column, String message) {
    if (found.size() < LIMIT) {
      found.add(new FileProblem(file, line, column, message));
    }
  }

  public boolean none() {
    return found.isEmpty();
  }

  /** In the order of the file. */
  public List<FileProblem> all() {
    return found.stream()
        .sorted(Comparator.comparingInt(FileProblem::line).thenComparingInt(FileProblem::column))
        .toList();
  }

  /** Text of a user, fit for a message: quoted, on one line, cut where it is long. */
  public static String quoted(String text) {
    String line =
        text.codePoints()
            .limit(QUOTED_LENGTH + 1L)
            .map(c -> Character.isISOControl(c) ? ' ' : c)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    boolean cut = line.codePointCount(0, line.length()) > QUOTED_LENGTH;
    return '"'
        + (cut ? line.substring(0, line.offsetByCodePoints(0, QUOTED_LENGTH)) + "…" : line)
        + '"';
  }
}
