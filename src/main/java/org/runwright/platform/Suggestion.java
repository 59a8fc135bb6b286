package org.runwright.platform;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped name was probably meant to be. */
public final class Suggestion {

  private static final int LONGEST_WORD = 64;
  private static final int MOST_LISTED = 20;

  private Suggestion() {}

  /**
   * The candidate with the least edits (optimal string alignment: Levenshtein and swapped
   * neighbours), if they are few for the word's length.
   */
  public static Optional<String> nearest(String word, Collection<String> candidates) {
    if (word.length() > LONGEST_WORD) {
      return Optional.empty();
    }
    int bound = word.length() < 3 ? 0 : word.length() / 3;
    return candidates.stream()
        .filter(candidate -> candidate.length() <= LONGEST_WORD)
        .map(candidate -> new Scored(candidate, edits(lower(word), lower(candidate))))
        .filter(scored -> scored.edits <= bound)
        .min(Comparator.comparingInt(Scored::edits).thenComparing(Scored::word))
        .map(Scored::word);
  }

  /** The end of a message about an unknown name: the nearest one, else what is allowed. */
  public static String ending(String word, Collection<String> allowed) {
    return nearest(word, allowed)
        .map(near -> "; did you mean \"" + near + "\"? " + listed(allowed))
        .orElseGet(() -> "; " + listed(allowed));
  }

  private static String listed(Collection<String> allowed) {
    if (allowed.isEmpty()) {
      return "there are none";
    }
    String names = String.join(", ", allowed.stream().limit(MOST_LISTED).toList());
    return "allowed: " + names + (allowed.size() > MOST_LISTED ? ", …" : "");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static int edits(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[from.length()][to.length()];
  }

  private record Scored(String word, int edits) {}
}
