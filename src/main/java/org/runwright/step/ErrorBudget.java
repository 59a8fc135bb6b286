package org.runwright.step;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.runwright.platform.FileProblems;

/**
 * How many hosts may go wrong before no further one begins: a number of hosts, or a percent of
 * them. As with Ansible's {@code max_fail_percentage} it is exceeded by more than that, not by just
 * as many. Immutable.
 *
 * @param limit hosts, or percent of the hosts
 */
public record ErrorBudget(BigDecimal limit, boolean percent) {

  /** The first host that goes wrong exceeds it. */
  public static final ErrorBudget NONE = new ErrorBudget(BigDecimal.ZERO, false);

  private static final Pattern HOSTS = Pattern.compile("\\d{1,9}");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)\\s?%");
  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  /**
   * Reads what a person wrote in YAML, JSON or a form: {@code 3} or {@code "10%"}. Null is {@link
   * #NONE}.
   *
   * @throws StepRefused with what is wrong and what is allowed
   */
  public static ErrorBudget parse(@Nullable Object value) {
    if (value == null) {
      return NONE;
    }
    boolean readable = value instanceof String || value instanceof Number;
    String text = readable ? value.toString().strip() : "";
    if (HOSTS.matcher(text).matches()) {
      return new ErrorBudget(new BigDecimal(text), false);
    }
    Matcher percent = PERCENT.matcher(text);
    if (percent.matches() && new BigDecimal(percent.group(1)).compareTo(ALL) <= 0) {
      return new ErrorBudget(new BigDecimal(percent.group(1)), true);
    }
    throw new StepRefused(
        "an error budget must be a number of hosts such as 3, or a percent of them such as"
            + " \"10%\", not "
            + FileProblems.quoted(String.valueOf(value)));
  }

  /**
   * Whether so many hosts are more than it allows.
   *
   * @param bad hosts that failed, could not be reached, are not well, or of unknown outcome
   * @param all the hosts that a percent is of
   */
  public boolean exceededBy(int bad, int all) {
    if (bad < 0 || bad > all) {
      throw new IllegalArgumentException(bad + " of " + all + " hosts cannot be");
    }
    return percent
        ? BigDecimal.valueOf(bad).multiply(ALL).compareTo(limit.multiply(BigDecimal.valueOf(all)))
            > 0
        : BigDecimal.valueOf(bad).compareTo(limit) > 0;
  }

  /** As a person would write it. */
  @Override
  public String toString() {
    return limit.toPlainString() + (percent ? "%" : "");
  }
}
