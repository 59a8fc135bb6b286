package org.runwright.step;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.runwright.platform.FileProblems;

/**
 * How many hosts take their turn together: Ansible's {@code serial}. A number of hosts, a percent
 * of all hosts (rounded down, at least one), or a list of these for one batch after the other,
 * whose last entry holds for all further batches. 0 is all that are left. Immutable.
 *
 * @param sizes one for each batch; at least one
 */
public record Serial(List<Size> sizes) {

  /** All hosts at once, as Ansible does where no {@code serial} is given. */
  public static final Serial ALL_AT_ONCE = new Serial(List.of(new Size(0, false)));

  private static final Pattern NUMBER = Pattern.compile("(\\d{1,9})(%)?");
  private static final int ALL = 100;

  /** The size of a batch: so many hosts, or percent of all hosts. */
  public record Size(int number, boolean percent) {

    private int of(int all) {
      if (percent) {
        return Math.max(1, Math.toIntExact((long) number * all / ALL));
      }
      return number == 0 ? all : number;
    }
  }

  public Serial {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty()) {
      throw refused("an empty list");
    }
  }

  /**
   * Reads what a person wrote in YAML, JSON or a form: {@code 5}, {@code "30%"}, {@code [1, 5,
   * "20%"]}, or the list as one text, {@code "1, 5, 20%"}. Null is {@link #ALL_AT_ONCE}.
   *
   * @throws StepRefused with what is wrong and what is allowed
   */
  public static Serial parse(@Nullable Object value) {
    return value == null ? ALL_AT_ONCE : new Serial(entries(value).map(Serial::size).toList());
  }

  private static Stream<?> entries(Object value) {
    if (value instanceof List<?> list) {
      return list.stream();
    }
    return value instanceof String text ? Stream.of(text.split(",", -1)) : Stream.of(value);
  }

  private static Size size(@Nullable Object entry) {
    boolean readable = entry instanceof String || entry instanceof Number;
    Matcher number = NUMBER.matcher(readable ? String.valueOf(entry).strip() : "");
    if (!number.matches()) {
      throw refused(FileProblems.quoted(String.valueOf(entry)));
    }
    Size size = new Size(Integer.parseInt(number.group(1)), number.group(2) != null);
    if (size.percent && size.number > ALL) {
      throw refused(FileProblems.quoted(size.number + "%"));
    }
    return size;
  }

  private static StepRefused refused(String what) {
    return new StepRefused(
        "serial must be a number of hosts (0: all), a percent of all hosts such as \"30%\", or a"
            + " list of these such as [1, 5, \"20%\"], not "
            + what);
  }

  /** The hosts in their order, batch after batch; none is empty. */
  public List<List<String>> batches(List<String> hosts) {
    List<List<String>> batches = new ArrayList<>();
    int done = 0;
    while (done < hosts.size()) {
      Size size = sizes.get(Math.min(batches.size(), sizes.size() - 1));
      int end = (int) Math.min(hosts.size(), (long) done + size.of(hosts.size()));
      batches.add(List.copyOf(hosts.subList(done, end)));
      done = end;
    }
    return List.copyOf(batches);
  }

  /** As a person would write it. */
  @Override
  public String toString() {
    return String.join(
        ", ",
        IntStream.range(0, sizes.size())
            .mapToObj(i -> sizes.get(i).number + (sizes.get(i).percent ? "%" : ""))
            .toList());
  }
}
