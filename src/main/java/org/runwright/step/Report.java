package org.runwright.step;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a command reported of itself: lines {@code key=value}, of which the last one of a key holds.
 */
record Report(Map<String, String> values) {

  private static final int MOST_KEYS = 50;
  private static final int LONGEST_VALUE = 4000;

  Report {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Reads whatever the command wrote; what is not a line {@code key=value} is passed over. */
  static Report parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    text.lines()
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              if (equals <= 0 || equals > 100) {
                return;
              }
              String key = line.substring(0, equals).strip();
              if (values.containsKey(key) || values.size() < MOST_KEYS) {
                values.put(key, Words.oneLine(line.substring(equals + 1), LONGEST_VALUE));
              }
            });
    return new Report(values);
  }

  /** Empty if it says nothing of it, or that it does not know. */
  Optional<Boolean> changed() {
    return switch (values.getOrDefault("changed", "")) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  boolean isSilentOfChange() {
    return !values.containsKey("changed");
  }

  Optional<String> message() {
    return Optional.ofNullable(values.get("message")).filter(message -> !message.isBlank());
  }
}
