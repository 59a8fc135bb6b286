package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.runwright.lab.EmbeddedLab;
import org.runwright.run.Run;
import org.runwright.run.RunState;
import org.runwright.run.Step;
import org.runwright.run.StepState;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** run-command on many hosts, of which only so many may run at once. */
@FlowTest
class ManyAtOnceTest {

  private static final EmbeddedLab LAB = EmbeddedLab.start();
  private static final Path PROCESSES = Flows.processes(LAB);
  private static final int MANY = 12;
  private static final int HUNDREDS = 200;

  private final Flows flows;
  private final TaskService tasks;

  ManyAtOnceTest(Flows flows, TaskService tasks) {
    this.flows = flows;
    this.tasks = tasks;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) throws IOException {
    addManyHosts();
    LAB.settings().forEach((name, value) -> registry.add(name, () -> value));
    registry.add("runwright.processes-dir", PROCESSES::toString);
    registry.add("runwright.worker.end-grace", () -> "PT1S");
  }

  /** The groups many and hundreds: names of their own for the same four servers. */
  private static void addManyHosts() throws IOException {
    Path inventory = LAB.runbooksDir().resolve("inventory.yml");
    Files.writeString(
        inventory, Files.readString(inventory) + group("many", MANY) + group("hundreds", HUNDREDS));
  }

  private static String group(String name, int hosts) {
    List<String> real = List.of("db1", "app1", "lb1", "crm1");
    StringBuilder group = new StringBuilder("    " + name + ":\n      hosts:\n");
    for (int i = 0; i < hosts; i++) {
      group.append(
          "        %s%03d: { ansible_port: %d }\n"
              .formatted(name, i, LAB.sshPort(real.get(i % real.size()))));
    }
    return group.toString();
  }

  @AfterAll
  static void closeLab() {
    LAB.close();
  }

  @AfterEach
  void nothingIsLeft() {
    flows.cancelAll();
  }

  @Test
  void no_more_hosts_than_the_parallelism_run_at_once() throws IOException {
    Path running = Files.createDirectory(LAB.directory().resolve("running-" + UUID.randomUUID()));
    Run run =
        flows.awaitEnd(
            flows.runCommand(
                "many",
                Map.of(
                    "command",
                    "mkdir \"$1/$$\"; ls \"$1\" | wc -l; sleep 0.3; rmdir \"$1/$$\"",
                    "arguments",
                    List.of(running.toString()),
                    "parallelism",
                    3)));

    assertThat(run.state()).as(run.message().orElse("")).isEqualTo(RunState.SUCCEEDED);
    List<Integer> counts = flows.output(run.id()).lines().map(Integer::valueOf).toList();
    assertThat(counts).hasSize(MANY).allMatch(count -> count <= 3).contains(3);
    assertThat(mostAtOnce(flows.steps(run.id()))).isEqualTo(3);
  }

  @Test
  void two_hundred_hosts_are_an_ordinary_case() {
    Run run =
        flows.awaitEnd(
            flows.runCommand("hundreds", Map.of("command", "echo here", "serial", "1, 10%, 100%")));

    assertThat(run.state()).as(run.message().orElse("")).isEqualTo(RunState.SUCCEEDED);
    List<Step> steps = flows.steps(run.id());
    assertThat(steps).hasSize(HUNDREDS).extracting(step -> step.prepared().host()).isSorted();
    assertThat(mostAtOnce(steps)).isBetween(2L, 32L);
    assertThat(flows.output(run.id())).isEqualTo("here\n".repeat(HUNDREDS));
  }

  @Test
  void retries_of_many_hosts_keep_to_the_parallelism_too() throws IOException {
    Path file = Files.createFile(LAB.directory().resolve("file-" + UUID.randomUUID()));
    String command = "[ ! -e \"$1\" ] || exit 3; sleep 0.2";
    Run run =
        flows.runCommand(
            "many",
            Map.of("command", command, "arguments", List.of(file.toString()), "parallelism", 2));
    Task task = flows.awaitDecision(run);
    Files.delete(file);
    tasks.complete(task.getId(), Map.of("decision", "retry"));

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    List<Step> steps = flows.steps(run.id());
    assertThat(steps).hasSize(2 * MANY);
    assertThat(mostAtOnce(steps)).isEqualTo(2);
  }

  @Test
  void cancel_ends_the_command_on_every_host_and_begins_no_other() {
    String seconds = Sleeps.aLongTime();
    Run run =
        flows.runCommand(
            "many", Map.of("command", "echo began; sleep " + seconds, "parallelism", 3));
    await().atMost(Flows.LIMIT).until(() -> flows.output(run.id()).equals("began\n".repeat(3)));
    assertThat(Sleeps.running(seconds)).isNotEmpty();

    flows.cancel(run.id(), true);

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.CANCELLED);
    assertThat(Sleeps.running(seconds)).isEmpty();
    assertThat(flows.steps(run.id()))
        .hasSize(MANY)
        .allMatch(step -> step.state() == StepState.CANCELLED)
        .filteredOn(step -> step.startedAt().isPresent())
        .hasSize(3);
  }

  /** By the times that the journal has. */
  private static long mostAtOnce(List<Step> steps) {
    return steps.stream()
        .map(step -> step.startedAt().orElseThrow())
        .mapToLong(
            at ->
                steps.stream()
                    .filter(step -> !step.startedAt().orElseThrow().isAfter(at))
                    .filter(step -> step.endedAt().orElseThrow().isAfter(at))
                    .count())
        .max()
        .orElse(0);
  }
}
