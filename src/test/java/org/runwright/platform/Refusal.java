package org.runwright.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * A file with something wrong in it, and what is to be told about it.
 *
 * @param place {@code line:column}
 * @param message a part of it
 */
record Refusal(String text, String place, String message) {

  static Refusal of(String place, String message, String text) {
    return new Refusal(text, place, message);
  }

  void isTold(List<FileProblem> problems) {
    assertThat(problems)
        .as("problems of:%n%s", text)
        .anySatisfy(
            problem -> {
              assertThat(problem.line() + ":" + problem.column()).isEqualTo(place);
              assertThat(problem.message()).contains(message);
            });
  }

  @Override
  public String toString() {
    return message;
  }
}
