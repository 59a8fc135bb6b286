package org.runwright.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.runwright.platform.Host;
import org.runwright.platform.NoSuchHosts;
import org.runwright.platform.Platform;
import org.runwright.step.ErrorBudget;
import org.runwright.step.Serial;
import org.runwright.step.StepRefused;

/**
 * On which hosts a run does something, in which batches, how many hosts at once, and how many may
 * go wrong: the inputs {@code hosts}, {@code serial}, {@code parallelism} and {@code errorBudget}
 * that such runbooks have in common.
 */
record HostBatches(List<List<String>> batches, int parallelism, ErrorBudget budget) {

  private static final int MOST_AT_ONCE = 1_000;
  static final int DEFAULT_AT_ONCE = 32;

  static HostBatches of(Map<String, Object> inputs, Platform platform) {
    List<String> hosts = select(platform, String.valueOf(inputs.get("hosts")));
    return new HostBatches(
        Serial.parse(filled(inputs.get("serial"))).batches(hosts),
        parallelism(inputs.get("parallelism")).orElse(DEFAULT_AT_ONCE),
        budget(inputs));
  }

  static ErrorBudget budget(Map<String, Object> inputs) {
    return ErrorBudget.parse(filled(inputs.get("errorBudget")));
  }

  /** The names of the hosts that a pattern selects, in the order of the inventory. */
  static List<String> select(Platform platform, String pattern) {
    try {
      return platform.inventory().matching(pattern).stream().map(Host::name).toList();
    } catch (NoSuchHosts e) {
      throw new StepRefused("the pattern of hosts " + e.getMessage());
    }
  }

  /** How many hosts at once; empty if nothing is said. */
  static Optional<Integer> parallelism(@Nullable Object value) {
    String text = value == null ? "" : value.toString().strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.matches("\\d{1,4}") || at(text) < 1 || at(text) > MOST_AT_ONCE) {
      throw new StepRefused("parallelism must be a whole number from 1 to 1000, not " + text);
    }
    return Optional.of(at(text));
  }

  private static int at(String text) {
    return Integer.parseInt(text);
  }

  private static @Nullable Object filled(@Nullable Object value) {
    return value instanceof String text && text.isBlank() ? null : value;
  }

  int hosts() {
    return batches.stream().mapToInt(List::size).sum();
  }
}
