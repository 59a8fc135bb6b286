package org.runwright.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a seed decides, and what can be asked of the harness. */
class PlanTest {

  private static final List<String> HOSTS = List.of("app1", "db1");

  @Test
  void the_same_seed_makes_the_same_rounds_and_blows() {
    assertThat(RoundPlan.of(7, 3, HOSTS)).isEqualTo(RoundPlan.of(7, 3, HOSTS));
    assertThat(RoundPlan.of(7, 3, HOSTS)).isNotEqualTo(RoundPlan.of(8, 3, HOSTS));
    assertThat(blows(7)).isEqualTo(blows(7)).isNotEqualTo(blows(8));
  }

  private static List<BlowPlan.Blow> blows(long seed) {
    BlowPlan plan = new BlowPlan(seed, BlowPlan.Lane.SERVER, 0, Duration.ofSeconds(5), 1.0);
    return Stream.generate(plan::next).limit(20).toList();
  }

  @Test
  void a_server_is_stopped_for_longer_than_its_leases() {
    assertThat(blows(7))
        .filteredOn(blow -> blow.kind() == BlowPlan.Kind.SERVER_STOPPED)
        .isNotEmpty()
        .allSatisfy(blow -> assertThat(blow.length()).isGreaterThan(Duration.ofSeconds(5)));
  }

  @Test
  void a_command_prints_a_third_as_many_errors() {
    RoundPlan.PlannedStep step = new RoundPlan.PlannedStep("db1", "w1", "0", 6, 0, false);

    assertThat(step.expectedOut()).startsWith("out 1 w1\nout 2 w1\n").endsWith("out 6 w1\n");
    assertThat(step.expectedErr()).isEqualTo("err 3 w1\nerr 6 w1\n");
  }

  @Test
  void options_are_read() {
    ChaosOptions options =
        ChaosOptions.parse(
            "--rounds", "300", "--seed", "9", "--nodes", "2", "--database", "postgresql");

    assertThat(options.rounds()).isEqualTo(300);
    assertThat(options.seed()).isEqualTo(9);
    assertThat(options.name()).isEqualTo("postgresql-2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--rounds", "--rounds 0", "--rounds x", "--nodes 2", "--database mysql", "--no 1"})
  void what_cannot_be_is_refused(String line) {
    assertThatThrownBy(() -> ChaosOptions.parse(line.split(" ")))
        .isInstanceOf(ChaosOptions.Wrong.class);
  }
}
