package org.runwright.chaos;

/**
 * Something that must not be.
 *
 * @param amount bytes of output; 1 for everything else
 */
record Fault(Kind kind, long amount, String text) {

  /** What was broken, in the order of the report. */
  enum Kind {
    EXECUTED_TWICE("commands executed twice"),
    LOST("steps lost"),
    WRONG_OUTCOME("outcomes wrong"),
    OUTPUT_MISSING("bytes of output missing"),
    OUTPUT_DOUBLED("bytes of output too many"),
    STUCK("runs stuck"),
    UNKNOWN_WITHOUT_CAUSE("UNKNOWN without a killed runner"),
    COMMAND_LEFT("commands left running"),
    LEFT_BEHIND("locks, leases, jobs left behind"),
    NO_VERDICT("rounds without a verdict");

    final String title;

    Kind(String title) {
      this.title = title;
    }
  }

  static Fault of(Kind kind, String text) {
    return new Fault(kind, 1, text);
  }
}
