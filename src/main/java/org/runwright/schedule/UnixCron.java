package org.runwright.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * The five fields of cron as Unix knows it (minute, hour, day of month, month, day of week), said
 * as Quartz says it. The two differ in three things: Quartz begins with seconds, numbers the days
 * of the week from 1 for Sunday, and wants one of the two fields for days left open, while Unix
 * fires when either of them matches if both are given (crontab(5)).
 */
final class UnixCron {

  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
  private static final int DAYS_OF_A_WEEK = 7;

  private UnixCron() {}

  /**
   * One expression of Quartz, or two of which either fires.
   *
   * @throws IllegalArgumentException if a day of the week is none; the other fields are Quartz's to
   *     check
   */
  static List<String> toQuartz(List<String> fields) {
    String times = "0 " + fields.get(0) + " " + fields.get(1) + " ";
    String month = fields.get(3).toUpperCase(Locale.ROOT);
    String dayOfMonth = fields.get(2);
    String dayOfWeek = fields.get(4);
    List<String> expressions = new ArrayList<>();
    if (!isOpen(dayOfMonth) || isOpen(dayOfWeek)) {
      expressions.add(times + (dayOfMonth.equals("?") ? "*" : dayOfMonth) + " " + month + " ?");
    }
    if (!isOpen(dayOfWeek)) {
      expressions.add(times + "? " + month + " " + days(dayOfWeek));
    }
    return expressions;
  }

  private static boolean isOpen(String field) {
    return field.equals("*") || field.equals("?");
  }

  /** Each day by its number, for a range or a step counts otherwise in Quartz. */
  private static String days(String field) {
    TreeSet<Integer> days = new TreeSet<>();
    for (String part : field.split(",", -1)) {
      String[] step = part.split("/", -1);
      String[] range = step[0].split("-", -1);
      if (step.length > 2 || range.length > 2) {
        throw new IllegalArgumentException("no day of the week: " + part);
      }
      int first = step[0].equals("*") ? 0 : day(range[0]);
      int last = step[0].equals("*") ? 6 : day(range[range.length - 1]);
      if (range.length == 1 && step.length == 2) {
        last = 6;
      }
      if (last < first) {
        last += DAYS_OF_A_WEEK; // as in FRI-MON
      }
      int width = step.length == 2 ? number(step[1], part) : 1;
      if (width < 1) {
        throw new IllegalArgumentException("a step is 1 or more: " + part);
      }
      for (int day = first; day <= last; day += width) {
        days.add(day % DAYS_OF_A_WEEK + 1);
      }
    }
    return String.join(",", days.stream().map(String::valueOf).toList());
  }

  private static int day(String text) {
    int name = DAYS.indexOf(text.toUpperCase(Locale.ROOT));
    int day = name >= 0 ? name : number(text, text);
    if (day > DAYS_OF_A_WEEK) {
      throw new IllegalArgumentException("a day of the week is 0 to 7 or SUN to SAT: " + text);
    }
    return day;
  }

  private static int number(String text, String part) {
    if (!text.matches("\\d{1,2}")) {
      throw new IllegalArgumentException("a day of the week is 0 to 7 or SUN to SAT: " + part);
    }
    return Integer.parseInt(text);
  }
}
