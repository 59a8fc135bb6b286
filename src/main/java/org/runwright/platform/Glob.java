package org.runwright.platform;

/**
 * A name with wildcards: {@code *} any text, {@code ?} any one character, {@code [abc]}, {@code
 * [a-c]} and {@code [!abc]} one of these characters or none of them. Matching takes no longer than
 * the product of both lengths, whatever the pattern.
 */
final class Glob {

  private final String pattern;

  Glob(String pattern) {
    this.pattern = pattern;
  }

  static boolean isOne(String text) {
    return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  boolean matches(String name) {
    int p = 0;
    int n = 0;
    int afterStar = -1;
    int retry = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        afterStar = ++p;
        retry = n;
      } else if (p < pattern.length() && one(p, name.charAt(n))) {
        p = behind(p);
        n++;
      } else if (afterStar >= 0) {
        p = afterStar;
        n = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private boolean one(int at, char c) {
    char wanted = pattern.charAt(at);
    if (wanted == '[' && closing(at) > 0) {
      boolean not = pattern.charAt(at + 1) == '!';
      return isAmong(at + (not ? 2 : 1), closing(at), c) != not;
    }
    return wanted == '?' || wanted == c;
  }

  private boolean isAmong(int from, int to, char c) {
    for (int i = from; i < to; i++) {
      if (i + 2 < to && pattern.charAt(i + 1) == '-') {
        if (pattern.charAt(i) <= c && c <= pattern.charAt(i + 2)) {
          return true;
        }
        i += 2;
      } else if (pattern.charAt(i) == c) {
        return true;
      }
    }
    return false;
  }

  private int behind(int at) {
    return pattern.charAt(at) == '[' && closing(at) > 0 ? closing(at) + 1 : at + 1;
  }

  /** Where the bracket at this place is closed; -1 if it is a character as any other. */
  private int closing(int open) {
    int first = open + 1;
    if (first < pattern.length() && pattern.charAt(first) == '!') {
      first++;
    }
    return first < pattern.length() ? pattern.indexOf(']', first + 1) : -1;
  }
}
