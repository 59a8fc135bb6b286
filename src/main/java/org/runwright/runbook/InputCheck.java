package org.runwright.runbook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.runwright.platform.Platform;
import org.runwright.platform.Suggestion;

/** Checks the inputs of a request against their runbook. */
public final class InputCheck {

  private static final int MOST_UNKNOWN = 20;
  private static final int LONGEST_FIELD = 64;

  private final References references;
  private final List<InvalidInputs.Problem> problems = new ArrayList<>();

  private InputCheck(References references) {
    this.references = references;
  }

  /**
   * The values with defaults filled in, in the order of the descriptor; an input that was neither
   * given nor has a default is left out. Texts are {@code String}, whole numbers {@code Long},
   * numbers {@code Double}, booleans {@code Boolean}, lists {@code List<String>}.
   *
   * @param given as read from JSON; null stands for not given
   * @throws InvalidInputs with every field that is wrong
   */
  public static Map<String, Object> check(
      Runbook runbook, Map<String, ? extends @Nullable Object> given, Platform platform) {
    return check(runbook, given, platform, List::of);
  }

  /**
   * The same where inputs may name a script.
   *
   * @param scripts the names of those there are
   */
  public static Map<String, Object> check(
      Runbook runbook,
      Map<String, ? extends @Nullable Object> given,
      Platform platform,
      Supplier<? extends Collection<String>> scripts) {
    InputCheck check = new InputCheck(new References(platform, scripts));
    check.refuseUnknown(runbook, given.keySet());
    Map<String, Object> values = new LinkedHashMap<>();
    for (Input input : runbook.inputs()) {
      check
          .value(input, Optional.ofNullable(given.get(input.name())))
          .ifPresent(value -> values.put(input.name(), value));
    }
    if (!check.problems.isEmpty()) {
      throw new InvalidInputs(check.problems);
    }
    return Collections.unmodifiableMap(values);
  }

  private void refuseUnknown(Runbook runbook, Collection<String> given) {
    List<String> known = runbook.inputs().stream().map(Input::name).toList();
    given.stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .limit(MOST_UNKNOWN)
        .forEach(
            name -> refuse(name, "is no input of this runbook" + Suggestion.ending(name, known)));
  }

  private Optional<Object> value(Input input, Optional<Object> given) {
    Optional<Object> raw = given.or(input::defaultValue);
    if (raw.isEmpty()) {
      if (input.required()) {
        refuse(input.name(), "is required");
      }
      return Optional.empty();
    }
    InputValue checked = InputValue.of(input, raw.get());
    Optional<String> problem =
        checked.problem().or(() -> checked.value().flatMap(value -> afterwards(input, value)));
    problem.ifPresent(message -> refuse(input.name(), message));
    return checked.value();
  }

  private Optional<String> afterwards(Input input, Object value) {
    boolean empty =
        value instanceof String text
            ? text.isBlank()
            : value instanceof List<?> list && list.isEmpty();
    if (empty && input.required()) {
      return Optional.of("is required and must not be empty");
    }
    if (input.of().isEmpty()) {
      return Optional.empty();
    }
    List<?> names = value instanceof List<?> list ? list : empty ? List.of() : List.of(value);
    return names.stream()
        .map(String::valueOf)
        .flatMap(text -> references.problem(input.of().get(), text).stream())
        .findFirst();
  }

  private void refuse(String field, String message) {
    boolean longer = field.length() > LONGEST_FIELD;
    String name = longer ? field.substring(0, LONGEST_FIELD) + "…" : field;
    problems.add(new InvalidInputs.Problem(name, message));
  }
}
