package org.runwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runwright.step.ErrorBudget;
import org.runwright.step.StepRefused;

/** What an approver reads, and how many hosts at once. */
class BatchPlanTest {

  private static final HostBatches BATCHES =
      new HostBatches(
          List.of(List.of("db1"), List.of("app1", "app2")), 32, ErrorBudget.parse("10%"));

  @Test
  void tells_the_command_and_the_hosts_of_each_batch() {
    Map<String, Object> inputs =
        Map.of("command", "rm -rf \"$1\"", "arguments", List.of("/tmp/x"), "become", true);

    assertThat(BatchPlan.text(inputs, Optional.empty(), BATCHES))
        .isEqualTo(
            """
            Run the command
            rm -rf "$1"
            with the arguments [/tmp/x]
            as the become user of each host
            on 3 hosts, at most 32 at once, error budget 10%:
            1. db1
            2. app1, app2""");
  }

  @Test
  void tells_a_script_by_its_name_and_checksum() {
    assertThat(BatchPlan.text(Map.of("script", "clean.sh"), Optional.of("4f2a"), BATCHES))
        .startsWith("Run the script clean.sh (SHA-256 4f2a)\non 3 hosts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1001", "many", "1.5"})
  void a_parallelism_that_cannot_be_is_refused(String value) {
    assertThatThrownBy(() -> HostBatches.parallelism(value))
        .isInstanceOf(StepRefused.class)
        .hasMessage("parallelism must be a whole number from 1 to 1000, not " + value);
  }

  @Test
  void a_parallelism_may_be_a_number_a_text_or_nothing() {
    assertThat(HostBatches.parallelism(5L)).contains(5);
    assertThat(HostBatches.parallelism(" 7 ")).contains(7);
    assertThat(HostBatches.parallelism(null)).isEmpty();
  }
}
