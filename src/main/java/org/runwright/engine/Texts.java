package org.runwright.engine;

import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.Variables.SerializationDataFormats;

/** Texts as process variables: Camunda's column for them ends at 4,000 characters. */
final class Texts {

  private static final int LONGEST = 4000;
  private static final String MORE = "\n… (shortened)";
  private static final String LESS = "(shortened) …\n";

  private Texts() {}

  /** The beginning, as much as fits. */
  static String head(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - MORE.length()) + MORE;
  }

  /** The end, as much as fits. */
  static String tail(String text) {
    return text.length() <= LONGEST
        ? text
        : LESS + text.substring(text.length() - LONGEST + LESS.length());
  }

  /** A value whole, whatever its length. */
  static Object storable(Object value) {
    if (value instanceof String text && text.length() > LONGEST) {
      return Variables.objectValue(text)
          .serializationDataFormat(SerializationDataFormats.JSON)
          .create();
    }
    return value;
  }
}
