package org.runwright.run;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a run is found by: words in lower case, and its hosts and services by name. A word between
 * blanks counts whole ({@code app1.example.org}, {@code start-platform}) and in its parts ({@code
 * app1}, {@code platform}).
 */
final class SearchTerms {

  /** What is longer is cut, here and in the table. */
  static final int LONGEST = 100;

  /** A run that touches more hosts than this is not found by the rest of them. */
  private static final int MOST = 5000;

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern MARKS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern AROUND = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$");

  private final Set<String> terms = new LinkedHashSet<>();

  static String host(String name) {
    return cut("host=" + name);
  }

  static String service(String name) {
    return cut("service=" + name);
  }

  /** The words that somebody looks for, each whole. */
  static Set<String> wanted(String text) {
    Set<String> words = new LinkedHashSet<>();
    BLANKS
        .splitAsStream(text)
        .map(SearchTerms::bare)
        .filter(word -> !word.isEmpty())
        .forEach(words::add);
    return words;
  }

  SearchTerms add(String text) {
    for (String word : wanted(text)) {
      keep(word);
      Arrays.stream(MARKS.split(word)).filter(part -> !part.isEmpty()).forEach(this::keep);
    }
    return this;
  }

  SearchTerms addHost(String name) {
    keep(host(name));
    return add(name);
  }

  SearchTerms addService(String name) {
    keep(service(name));
    return add(name);
  }

  Set<String> all() {
    return terms;
  }

  private void keep(String term) {
    if (terms.size() < MOST) {
      terms.add(term);
    }
  }

  private static String bare(String word) {
    return cut(AROUND.matcher(word).replaceAll("").toLowerCase(Locale.ROOT));
  }

  private static String cut(String term) {
    return term.length() <= LONGEST ? term : term.substring(0, LONGEST);
  }
}
