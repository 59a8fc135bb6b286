package org.runwright.runbook;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.runwright.platform.FileProblems;
import org.runwright.platform.NoSuchHosts;
import org.runwright.platform.Platform;
import org.runwright.platform.Suggestion;
import org.runwright.step.ErrorBudget;
import org.runwright.step.Serial;
import org.runwright.step.StepRefused;

/**
 * Whether texts name what they have to, in the platform in force, or can be read as they have to.
 */
record References(Platform platform, Supplier<? extends Collection<String>> scripts) {

  private static final Duration LONGEST = Duration.ofDays(30);

  /** What is wrong with the text; ends a sentence that begins with the input's name. */
  Optional<String> problem(Input.Reference of, String text) {
    return switch (of) {
      case SERVICE -> unknown(of, text, platform.services().services().keySet());
      case HOST -> unknown(of, text, platform.inventory().hosts().keySet());
      case GROUP -> unknown(of, text, platform.inventory().groups().keySet());
      case SCRIPT -> unknown(of, text, scripts.get());
      case HOSTS, SERIAL, ERROR_BUDGET, DURATION -> unreadable(of, text);
    };
  }

  private static Optional<String> unknown(
      Input.Reference of, String name, Collection<String> known) {
    return known.contains(name)
        ? Optional.empty()
        : Optional.of(
            "names no %s: %s%s"
                .formatted(of.word(), FileProblems.quoted(name), Suggestion.ending(name, known)));
  }

  private Optional<String> unreadable(Input.Reference of, String text) {
    try {
      switch (of) {
        case HOSTS -> platform.inventory().matching(text);
        case SERIAL -> Serial.parse(text);
        case ERROR_BUDGET -> ErrorBudget.parse(text);
        default -> {
          return duration(text);
        }
      }
      return Optional.empty();
    } catch (NoSuchHosts e) {
      return Optional.ofNullable(e.getMessage());
    } catch (StepRefused e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
  }

  private static Optional<String> duration(String text) {
    String wrong =
        "must be a duration such as PT30S, PT10M or PT1H, above zero and at most P30D, not "
            + FileProblems.quoted(text);
    try {
      Duration duration = Duration.parse(text);
      boolean fits = duration.compareTo(Duration.ZERO) > 0 && duration.compareTo(LONGEST) <= 0;
      return fits ? Optional.empty() : Optional.of(wrong);
    } catch (DateTimeParseException e) {
      return Optional.of(wrong);
    }
  }
}
