package org.runwright.runbook;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.runwright.platform.FileProblems;
import org.runwright.platform.YamlMap;
import org.runwright.platform.YamlValue;

/** Reads one input of a descriptor. */
final class InputForm {

  static final int LONGEST_TEXT = 10_000;
  static final int LONGEST_LIST = 1_000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
  private static final Set<Input.Type> TEXTS = Set.of(Input.Type.STRING, Input.Type.LIST);
  private static final List<String> KEYS =
      List.of(
          "type", "default", "required", "max-length", "pattern", "allowed", "of", "description");

  private InputForm() {}

  static Optional<Input> read(YamlMap.Entry entry, Set<String> reserved) {
    if (!NAME.matcher(entry.name()).matches()) {
      entry
          .key()
          .problem("an input's name has letters, digits and _, at most 64, and no digit first");
    }
    if (reserved.contains(entry.name())) {
      String name = FileProblems.quoted(entry.name());
      entry.key().problem(name + " is a variable of the processes; choose another name");
    }
    return entry.value().map().map(map -> input(entry.name(), map));
  }

  private static Input input(String name, YamlMap map) {
    map.allow(KEYS);
    Input.Type type =
        map.get("type")
            .flatMap(value -> value.oneOf(words(Input.Type.values())))
            .map(word -> Input.Type.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Input.Type.STRING);
    onlyForTexts(map, type);
    int most = type == Input.Type.LIST ? LONGEST_LIST : LONGEST_TEXT;
    Input input =
        new Input(
            name,
            type,
            map.get("required").flatMap(YamlValue::bool).orElse(false),
            Optional.empty(),
            map.get("max-length").flatMap(value -> value.integer(1, most)).orElse(most),
            map.get("pattern").flatMap(InputForm::pattern),
            map.get("allowed").map(value -> allowed(value, type)).orElse(List.of()),
            map.get("of").flatMap(InputForm::reference),
            map.get("description").flatMap(YamlValue::text).orElse(""));
    return map.get("default").map(value -> withDefault(input, value)).orElse(input);
  }

  private static void onlyForTexts(YamlMap map, Input.Type type) {
    if (!TEXTS.contains(type)) {
      for (String key : List.of("max-length", "pattern", "of")) {
        map.get(key)
            .ifPresent(value -> value.problem("\"" + key + "\" is only for type string and list"));
      }
    }
  }

  private static Optional<String> pattern(YamlValue value) {
    return value
        .filledText()
        .filter(
            text -> {
              try {
                Pattern.compile(text);
                return true;
              } catch (PatternSyntaxException e) {
                value.problem(
                    "is not a regular expression: "
                        + e.getDescription()
                        + (e.getIndex() < 0 ? "" : " near character " + (e.getIndex() + 1)));
                return false;
              }
            });
  }

  private static List<String> allowed(YamlValue value, Input.Type type) {
    List<YamlValue> items = value.items();
    if (items.isEmpty()) {
      value.problem("must list at least one value");
    }
    if (type == Input.Type.BOOLEAN) {
      value.problem("\"allowed\" is not for type boolean");
    }
    return items.stream().flatMap(item -> allowedValue(item, type).stream()).toList();
  }

  private static Optional<String> allowedValue(YamlValue item, Input.Type type) {
    return switch (type) {
      case INTEGER, NUMBER -> {
        InputValue value = InputValue.typed(type, item.plain());
        value.problem().ifPresent(item::problem);
        yield value.value().map(Object::toString);
      }
      default -> item.text();
    };
  }

  private static Optional<Input.Reference> reference(YamlValue value) {
    return value
        .oneOf(Stream.of(Input.Reference.values()).map(Input.Reference::word).toList())
        .flatMap(
            word ->
                Stream.of(Input.Reference.values())
                    .filter(reference -> reference.word().equals(word))
                    .findFirst());
  }

  private static Input withDefault(Input input, YamlValue value) {
    if (value.isNull()) {
      value.problem("a default needs a value; leave it out where there is none");
      return input;
    }
    InputValue checked = InputValue.of(input, value.plain());
    checked.problem().ifPresent(problem -> value.problem("the default " + problem));
    return new Input(
        input.name(),
        input.type(),
        input.required(),
        checked.value(),
        input.maxLength(),
        input.pattern(),
        input.allowed(),
        input.of(),
        input.description());
  }

  private static List<String> words(Enum<?>[] values) {
    return Stream.of(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }
}
