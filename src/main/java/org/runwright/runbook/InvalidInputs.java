package org.runwright.runbook;

import java.util.List;

/** Inputs that a runbook does not accept, every field that is wrong with its reason. */
public class InvalidInputs extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public InvalidInputs(List<Problem> problems) {
    super("invalid inputs: " + problems);
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }

  /** One wrong field. */
  public record Problem(String field, String message) {}
}
