package org.runwright.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorBudgetTest {

  /**
   * 49% and 50% of 4 are the example of Ansible's guide, "Setting a maximum failure percentage".
   */
  @ParameterizedTest
  @CsvSource({
    "49%, 2, 4, true",
    "50%, 2, 4, false",
    "30%, 3, 10, false",
    "30%, 4, 10, true",
    "10%, 0, 0, false",
    "0%, 0, 5, false",
    "0%, 1, 5, true",
    "100%, 5, 5, false",
    "2.5%, 5, 200, false",
    "2.5%, 6, 200, true",
    "33%, 1, 3, true",
    "0, 0, 5, false",
    "0, 1, 5, true",
    "3, 3, 5, false",
    "3, 4, 5, true",
    "9, 5, 5, false"
  })
  void it_is_exceeded_by_more_not_by_as_many(String budget, int bad, int all, boolean exceeded) {
    assertThat(ErrorBudget.parse(budget).exceededBy(bad, all)).isEqualTo(exceeded);
  }

  @Test
  void numbers_of_yaml_and_json_are_hosts_and_nothing_is_no_budget() {
    assertThat(ErrorBudget.parse(3)).isEqualTo(ErrorBudget.parse("3"));
    assertThat(ErrorBudget.parse(3L)).hasToString("3");
    assertThat(ErrorBudget.parse(" 10 % ")).hasToString("10%");
    assertThat(ErrorBudget.parse(null)).isEqualTo(ErrorBudget.NONE);
  }

  static Stream<Object> refused() {
    return Stream.of(
        "-1", -1, 1.5, "1.5", "101%", "-3%", "some", "", "%", true, List.of(1), Map.of("a", 1));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void what_is_no_budget_is_refused_and_what_is_one_told(Object budget) {
    assertThatThrownBy(() -> ErrorBudget.parse(budget))
        .isInstanceOf(StepRefused.class)
        .hasMessageContaining("such as \"10%\"");
  }

  @Test
  void more_bad_hosts_than_there_are_is_a_mistake_of_the_caller() {
    assertThatThrownBy(() -> ErrorBudget.NONE.exceededBy(2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
