package org.runwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.runwright.step.ErrorBudget;
import org.runwright.step.Serial;

/** The examples of batches and error budgets in docs/runbooks/run-command.md hold. */
class BatchesPageTest {

  private static final Page PAGE = Page.read("docs/runbooks/run-command.md");

  static Stream<List<String>> batches() {
    return PAGE.rowsBelow("### Serial: examples").stream();
  }

  @ParameterizedTest
  @MethodSource("batches")
  void serial_makes_the_batches_that_are_told(List<String> row) {
    int hosts = Integer.parseInt(row.get(1));
    List<String> names = IntStream.range(0, hosts).mapToObj(i -> "h" + i).toList();

    String sizes =
        Serial.parse(Page.code(row.get(0)).get(0)).batches(names).stream()
            .map(batch -> String.valueOf(batch.size()))
            .collect(Collectors.joining(", "));

    assertThat(sizes).isEqualTo(row.get(2));
  }

  static Stream<List<String>> budgets() {
    return PAGE.rowsBelow("### Error budget: examples").stream();
  }

  @ParameterizedTest
  @MethodSource("budgets")
  void budgets_are_exceeded_where_it_is_told(List<String> row) {
    boolean exceeded =
        ErrorBudget.parse(Page.code(row.get(0)).get(0))
            .exceededBy(Integer.parseInt(row.get(1)), Integer.parseInt(row.get(2)));

    assertThat(exceeded ? "yes" : "no").isEqualTo(row.get(3));
  }
}
