package org.runwright.bench;

/**
 * One line of the table.
 *
 * @param target the number of the target it belongs to
 * @param value what was measured, with its unit
 * @param goal what it is held against; empty for what is there to compare with
 * @param met whether it reaches the goal; true where there is none
 */
record Row(int target, String what, String value, String goal, boolean met) {

  static Row compared(int target, String what, String value) {
    return new Row(target, what, value, "", true);
  }

  static Row atMost(int target, String what, double value, double most, String unit) {
    return new Row(
        target, what, number(value) + unit, "at most " + number(most) + unit, value <= most);
  }

  static Row atLeast(int target, String what, double value, double least, String unit) {
    return new Row(
        target, what, number(value) + unit, "at least " + number(least) + unit, value >= least);
  }

  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return "%,d".formatted((long) value);
    }
    return Math.abs(value) < 100 ? "%.1f".formatted(value) : "%,.0f".formatted(value);
  }
}
