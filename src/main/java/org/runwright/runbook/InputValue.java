package org.runwright.runbook;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.runwright.platform.FileProblems;
import org.runwright.platform.Suggestion;

/**
 * One value as its input wants it, or why it cannot be: exactly one of the two is present. Types
 * are {@code String}, {@code Long}, {@code Double}, {@code Boolean} and lists of {@code String}.
 *
 * @param problem ends a sentence that begins with the input's name
 */
record InputValue(Optional<Object> value, Optional<String> problem) {

  static InputValue good(Object value) {
    return new InputValue(Optional.of(value), Optional.empty());
  }

  static InputValue bad(String problem) {
    return new InputValue(Optional.empty(), Optional.of(problem));
  }

  /** Checks everything that needs no platform. */
  static InputValue of(Input input, Object raw) {
    InputValue typed = typed(input.type(), written(input, raw));
    Object value = typed.value.orElse("");
    if (typed.problem.isPresent()) {
      return typed;
    }
    return switch (input.type()) {
      case STRING -> text(input, (String) value).map(InputValue::bad).orElse(typed);
      case LIST -> list(input, (List<?>) value).map(InputValue::bad).orElse(typed);
      default -> allowed(input, value.toString()).map(InputValue::bad).orElse(typed);
    };
  }

  /** A batch size or budget may be a number in JSON and YAML, the former also a list. */
  private static Object written(Input input, Object raw) {
    Optional<Input.Reference> of =
        input.type() == Input.Type.STRING ? input.of() : Optional.empty();
    boolean serial = of.equals(Optional.of(Input.Reference.SERIAL));
    boolean number = serial || of.equals(Optional.of(Input.Reference.ERROR_BUDGET));
    if (serial && raw instanceof List<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
    return number && raw instanceof Number ? raw.toString() : raw;
  }

  static InputValue typed(Input.Type type, Object raw) {
    return switch (type) {
      case STRING -> raw instanceof String ? good(raw) : bad("must be a text");
      case BOOLEAN -> raw instanceof Boolean ? good(raw) : bad("must be true or false");
      case INTEGER ->
          raw instanceof Number number ? integer(number) : bad("must be a whole number");
      case NUMBER -> raw instanceof Number number ? number(number) : bad("must be a number");
      case LIST -> raw instanceof List<?> list ? texts(list) : bad("must be a list of texts");
    };
  }

  /** JSON knows one kind of number: 2.0 is whole. */
  private static InputValue integer(Number number) {
    try {
      return good(new BigDecimal(number.toString()).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return bad("must be a whole number of at most 64 bits");
    }
  }

  private static InputValue number(Number number) {
    double value = number.doubleValue();
    return Double.isFinite(value) ? good(value) : bad("must be a finite number");
  }

  private static InputValue texts(List<?> list) {
    List<String> texts = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof String text)) {
        return bad("must be a list of texts; element " + (texts.size() + 1) + " is none");
      }
      texts.add(text);
    }
    return good(List.copyOf(texts));
  }

  private static Optional<String> list(Input input, List<?> values) {
    if (values.size() > input.maxLength()) {
      return Optional.of(
          "has " + values.size() + " elements, but at most " + input.maxLength() + " are allowed");
    }
    for (int i = 0; i < values.size(); i++) {
      Optional<String> problem = element(input, (String) values.get(i));
      if (problem.isPresent()) {
        return Optional.of("element " + (i + 1) + " " + problem.get());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> element(Input input, String text) {
    return tooLong(text, InputForm.LONGEST_TEXT).or(() -> content(input, text));
  }

  private static Optional<String> text(Input input, String text) {
    return tooLong(text, input.maxLength()).or(() -> content(input, text));
  }

  private static Optional<String> tooLong(String text, int most) {
    int length = text.codePointCount(0, text.length());
    return length > most
        ? Optional.of("has " + length + " characters, but at most " + most + " are allowed")
        : Optional.empty();
  }

  private static Optional<String> content(Input input, String text) {
    if (text.indexOf('\0') >= 0) {
      return Optional.of("must not hold a NUL character");
    }
    return allowed(input, text)
        .or(() -> input.pattern().flatMap(pattern -> mismatch(pattern, text)));
  }

  private static Optional<String> allowed(Input input, String text) {
    return input.allowed().isEmpty() || input.allowed().contains(text)
        ? Optional.empty()
        : Optional.of(
            "must not be " + FileProblems.quoted(text) + Suggestion.ending(text, input.allowed()));
  }

  private static Optional<String> mismatch(String pattern, String text) {
    return switch (BoundedMatch.of(Pattern.compile(pattern), text)) {
      case YES -> Optional.empty();
      case NO -> Optional.of("must match the pattern " + pattern);
      case TOO_COSTLY ->
          Optional.of(
              "takes too long to compare with the pattern " + pattern + "; simplify either");
    };
  }
}
