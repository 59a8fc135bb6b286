package org.runwright.runbook;

import java.util.regex.Pattern;

/**
 * Matches a text as a whole against a pattern, but gives up on what would take for ever:
 * java.util.regex goes back and forth without a limit of its own.
 */
enum BoundedMatch {
  YES,
  NO,
  TOO_COSTLY;

  /** Looks at single characters; some tens of milliseconds. */
  private static final int MOST_LOOKS = 2_000_000;

  static BoundedMatch of(Pattern pattern, String text) {
    try {
      return pattern.matcher(new Counted(text)).matches() ? YES : NO;
    } catch (TooManyLooks | StackOverflowError e) {
      // The regex engine calls itself for each repetition of a group; a long text can exhaust it.
      return TOO_COSTLY;
    }
  }

  private static final class Counted implements CharSequence {

    private final String text;
    private int looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++looks > MOST_LOOKS) {
        throw new TooManyLooks();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class TooManyLooks extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyLooks() {
      super("too many looks", null, false, false);
    }
  }
}
