package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.runwright.lab.EmbeddedLab;
import org.runwright.run.Run;
import org.runwright.run.RunState;
import org.runwright.run.StepState;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Commands whose host stays out of reach so long that nobody can say how they ended. */
@FlowTest
class OutOfReachTest {

  private static final EmbeddedLab LAB = EmbeddedLab.start();
  private static final Path PROCESSES = Flows.processes(LAB);

  private final Flows flows;

  OutOfReachTest(Flows flows) {
    this.flows = flows;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    LAB.settings().forEach((name, value) -> registry.add(name, () -> value));
    registry.add("runwright.processes-dir", PROCESSES::toString);
    registry.add("runwright.worker.end-grace", () -> "PT1S");
    registry.add("runwright.worker.reach-within", () -> "PT2S");
  }

  @AfterAll
  static void closeLab() {
    LAB.close();
  }

  @Test
  void a_retry_of_a_step_that_went_out_of_reach_finds_its_command_and_runs_no_second_one()
      throws IOException {
    Path file = newFile();
    Run run = slow(file, "12.5");
    awaitUnknown(run);
    LAB.heal("db1");

    flows.retry(flows.steps(run.id()).get(0));

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.steps(run.id())).hasSize(1);
    assertThat(Files.readString(file)).isEqualTo("done\n");
    assertThat(flows.output(run.id())).isEqualTo("began\ndone\n");
  }

  @Test
  void cancel_ends_the_command_of_a_step_that_had_gone_out_of_reach() {
    String seconds = Sleeps.aLongTime();
    Run run = slow(newFile(), seconds);
    awaitUnknown(run);
    LAB.heal("db1");

    flows.cancel(run.id(), false);

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.CANCELLED);
    assertThat(Sleeps.running(seconds)).isEmpty();
  }

  private void awaitUnknown(Run run) {
    await().atMost(Flows.LIMIT).until(() -> flows.output(run.id()).contains("began"));
    LAB.cut("db1");
    flows.awaitState(run.id(), RunState.SUSPENDED);
    assertThat(flows.steps(run.id()).get(0).state()).isEqualTo(StepState.UNKNOWN);
  }

  private static Path newFile() {
    return LAB.directory().resolve("file-" + UUID.randomUUID());
  }

  private Run slow(Path file, String seconds) {
    return flows.submit("slow-command", Map.of("file", file.toString(), "seconds", seconds));
  }
}
