package org.runwright.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts that people give for people to read, such as reasons. */
final class Texts {

  static final int LONGEST = 2000;

  private Texts() {}

  /**
   * The text without blanks around it; empty if there is none.
   *
   * @throws InvalidRequest if it is too long, or holds what a database does not take
   */
  static Optional<String> optional(String field, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    if (text.length() > LONGEST) {
      throw new InvalidRequest(
          field, "has %d characters; at most %d are allowed".formatted(text.length(), LONGEST));
    }
    if (text.indexOf('\0') >= 0) {
      throw new InvalidRequest(field, "holds the character NUL, which is not allowed");
    }
    return Optional.of(text.strip());
  }

  /**
   * @throws InvalidRequest also if there is none
   */
  static String required(String field, @Nullable String text) {
    return optional(field, text)
        .orElseThrow(() -> new InvalidRequest(field, "is required; say why, for the record"));
  }
}
