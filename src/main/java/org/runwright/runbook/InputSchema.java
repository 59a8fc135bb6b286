package org.runwright.runbook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The inputs of a runbook as JSON Schema (draft 2020-12), so that a form can be drawn from it. What
 * a text must name, or be read as, is told by {@code x-of} (service, host, hosts, serial …).
 */
public final class InputSchema {

  private InputSchema() {}

  public static Map<String, Object> of(Runbook runbook) {
    Map<String, Object> properties = new LinkedHashMap<>();
    runbook.inputs().forEach(input -> properties.put(input.name(), property(input)));
    List<String> required =
        runbook.inputs().stream()
            .filter(input -> input.required() && input.defaultValue().isEmpty())
            .map(Input::name)
            .toList();
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", runbook.title());
    schema.put("type", "object");
    schema.put("properties", Collections.unmodifiableMap(properties));
    schema.put("required", required);
    schema.put("additionalProperties", false);
    return Collections.unmodifiableMap(schema);
  }

  private static Map<String, Object> property(Input input) {
    Map<String, Object> property = new LinkedHashMap<>();
    if (!input.description().isEmpty()) {
      property.put("description", input.description());
    }
    switch (input.type()) {
      case STRING -> text(input, input.maxLength(), input.required(), property);
      case LIST -> list(input, property);
      default -> {
        property.put("type", input.type().name().toLowerCase(java.util.Locale.ROOT));
        allowed(input, property);
      }
    }
    input.defaultValue().ifPresent(value -> property.put("default", value));
    return Collections.unmodifiableMap(property);
  }

  private static void list(Input input, Map<String, Object> property) {
    Map<String, Object> items = new LinkedHashMap<>();
    text(input, InputForm.LONGEST_TEXT, false, items);
    property.put("type", "array");
    property.put("items", Collections.unmodifiableMap(items));
    property.put("maxItems", input.maxLength());
    if (input.required()) {
      property.put("minItems", 1);
    }
  }

  private static void text(
      Input input, int maxLength, boolean filled, Map<String, Object> property) {
    property.put("type", "string");
    property.put("maxLength", maxLength);
    if (filled) {
      property.put("minLength", 1);
    }
    input.pattern().ifPresent(pattern -> property.put("pattern", "^(?:" + pattern + ")$"));
    allowed(input, property);
    input.of().ifPresent(of -> property.put("x-of", of.word()));
  }

  private static void allowed(Input input, Map<String, Object> property) {
    if (!input.allowed().isEmpty()) {
      property.put("enum", input.allowed().stream().map(text -> json(input, text)).toList());
    }
  }

  private static Object json(Input input, String text) {
    return switch (input.type()) {
      case INTEGER -> Long.valueOf(text);
      case NUMBER -> Double.valueOf(text);
      default -> text;
    };
  }
}
