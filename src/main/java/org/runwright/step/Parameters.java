package org.runwright.step;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of a request, read strictly: what is not known is refused. */
final class Parameters {

  private final String kind;
  private final Map<String, Object> given;

  private Parameters(String kind, Map<String, Object> given) {
    this.kind = kind;
    this.given = given;
  }

  static Parameters of(StepRequest request, Set<String> allowed) {
    for (String name : request.parameters().keySet()) {
      if (!allowed.contains(name)) {
        throw new StepRefused(
            request.kind()
                + " has no parameter '"
                + name
                + "'; allowed: "
                + (allowed.isEmpty() ? "none" : String.join(", ", new TreeSet<>(allowed))));
      }
    }
    return new Parameters(request.kind(), request.parameters());
  }

  Optional<String> text(String name) {
    Object value = given.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!isScalar(value) || value.toString().isBlank()) {
      throw wrong(name, "a text");
    }
    return Optional.of(value.toString());
  }

  Optional<Boolean> flag(String name) {
    Object value = given.get(name);
    if (value == null) {
      return Optional.empty();
    }
    return switch (value.toString()) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> throw wrong(name, "true or false");
    };
  }

  List<String> texts(String name) {
    Object value = given.get(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)
        || !list.stream().allMatch(item -> item != null && isScalar(item))) {
      throw wrong(name, "a list of texts");
    }
    return list.stream().map(Object::toString).toList();
  }

  private static boolean isScalar(Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private StepRefused wrong(String name, String allowed) {
    return new StepRefused(kind + ": parameter '" + name + "' has to be " + allowed);
  }
}
