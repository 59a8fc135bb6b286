package org.runwright.runbook;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One input of a runbook.
 *
 * @param defaultValue of the input's type; empty if it has none
 * @param maxLength of a string, in characters; of a list, in elements
 * @param allowed if not empty, the only values allowed (of a list: of its elements)
 * @param of what the text names, checked against the platform in force
 */
public record Input(
    String name,
    Type type,
    boolean required,
    Optional<Object> defaultValue,
    int maxLength,
    Optional<String> pattern,
    List<String> allowed,
    Optional<Reference> of,
    String description) {

  /** JSON's types; the elements of a list are strings. */
  public enum Type {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    LIST
  }

  /** What a text may name, or be read as. */
  public enum Reference {
    SERVICE,
    HOST,
    GROUP,
    /** A pattern of hosts as Ansible reads it. */
    HOSTS,
    /** A file of the folder {@code scripts}. */
    SCRIPT,
    /** {@link org.runwright.step.Serial}. */
    SERIAL,
    /** {@link org.runwright.step.ErrorBudget}. */
    ERROR_BUDGET,
    /** ISO 8601, more than nothing. */
    DURATION;

    /** As descriptors write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
