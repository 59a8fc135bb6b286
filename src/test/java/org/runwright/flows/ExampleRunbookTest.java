package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.runwright.lab.EmbeddedLab;
import org.runwright.run.Run;
import org.runwright.run.RunState;
import org.runwright.runbook.Runbooks;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The runbook that README shows, put into the folders of a running server as a user does it. */
@FlowTest
class ExampleRunbookTest {

  private static final EmbeddedLab LAB = EmbeddedLab.start();
  private static final Path PROCESSES = Flows.processes(LAB);
  private static final Path EXAMPLES = Path.of("docs/examples");
  private static final String RUNBOOK = "announce-maintenance";

  private final Flows flows;
  private final Runbooks runbooks;

  ExampleRunbookTest(Flows flows, Runbooks runbooks) {
    this.flows = flows;
    this.runbooks = runbooks;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    LAB.settings().forEach((name, value) -> registry.add(name, () -> value));
    registry.add("runwright.processes-dir", PROCESSES::toString);
  }

  @AfterAll
  static void closeLab() {
    LAB.close();
  }

  @Test
  void the_example_is_picked_up_and_does_on_the_host_what_it_says() throws IOException {
    copy("*.bpmn", LAB.directory().resolve("processes"));
    copy("*.yml", LAB.runbooksDir());
    await().atMost(Flows.LIMIT).until(() -> runbooks.find(RUNBOOK).isPresent());

    Run run =
        flows.submitAndAwaitEnd(
            RUNBOOK, Map.of("host", "app1", "text", "Updates tonight; \"$(touch pwned)\" 'too'"));

    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.steps(run.id()))
        .singleElement()
        .satisfies(
            step -> assertThat(step.prepared().title()).isEqualTo("Announce maintenance on app1"));
    assertThat(LAB.host("app1").home().resolve("maintenance.txt"))
        .hasContent("Updates tonight; \"$(touch pwned)\" 'too'");
  }

  private static void copy(String pattern, Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(EXAMPLES, pattern)) {
      for (Path file : files) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }
}
