package org.runwright.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ansible's host ranges: {@code web[01:20]}, {@code db-[a:c].example}, {@code n[1:9:2]}. */
final class HostRange {

  static final int LIMIT = 10_000;

  private static final Pattern RANGE =
      Pattern.compile("\\[(\\d*|[A-Za-z]):(\\d+|[A-Za-z])(?::(\\d{1,6}))?]");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private HostRange() {}

  /**
   * The names that the pattern stands for; itself if it holds no range.
   *
   * @throws Malformed with what is wrong
   */
  static List<String> expand(String pattern) throws Malformed {
    List<String> names = List.of(pattern);
    int open = pattern.indexOf('[');
    while (open >= 0) {
      List<String> wider = new ArrayList<>();
      for (String name : names) {
        wider.addAll(expandFirst(name));
        if (wider.size() > LIMIT) {
          throw new Malformed("stands for more than 10,000 hosts, the most allowed");
        }
      }
      names = wider;
      open = names.get(0).indexOf('[');
    }
    return names;
  }

  private static List<String> expandFirst(String name) throws Malformed {
    int open = name.indexOf('[');
    Matcher range = RANGE.matcher(name).region(open, name.length());
    if (!range.lookingAt()) {
      throw new Malformed(
          "a host range is written [1:20], [01:20], [a:c] or, with a step, [1:9:2]");
    }
    String from = range.group(1).isEmpty() ? "0" : range.group(1);
    String to = range.group(2);
    int step = range.group(3) == null ? 1 : Integer.parseInt(range.group(3));
    if (step < 1) {
      throw new Malformed("the step of a host range must be above zero");
    }
    String head = name.substring(0, open);
    String tail = name.substring(range.end());
    return members(from, to, step).stream().map(member -> head + member + tail).toList();
  }

  private static List<String> members(String from, String to, int step) throws Malformed {
    boolean numbers = Character.isDigit(from.charAt(0));
    if (numbers != Character.isDigit(to.charAt(0))) {
      throw new Malformed(
          "a host range goes from a number to a number or from a letter to a letter");
    }
    if (from.length() > 9 || to.length() > 9) {
      throw new Malformed("a number of a host range has at most 9 digits");
    }
    boolean padded = numbers && from.length() > 1 && from.startsWith("0");
    if (padded && from.length() != to.length()) {
      throw new Malformed("both ends of a host range with leading zeros have the same length");
    }
    int first = numbers ? Integer.parseInt(from) : LETTERS.indexOf(from);
    int last = numbers ? Integer.parseInt(to) : LETTERS.indexOf(to);
    if (first > last) {
      throw new Malformed("a host range must begin at or before its end");
    }
    if ((last - first) / step >= LIMIT) {
      throw new Malformed("stands for more than 10,000 hosts, the most allowed");
    }
    List<String> members = new ArrayList<>();
    for (int i = first; i <= last; i += step) {
      String number = padded ? String.format("%0" + from.length() + "d", i) : String.valueOf(i);
      members.add(numbers ? number : LETTERS.substring(i, i + 1));
    }
    return members;
  }
}
