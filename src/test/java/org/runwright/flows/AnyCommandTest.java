package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.runwright.access.Forbidden;
import org.runwright.lab.EmbeddedLab;
import org.runwright.run.Run;
import org.runwright.run.RunState;
import org.runwright.runbook.InvalidInputs;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** run-command and run-script on the hosts of the embedded lab, in batches, some of which fail. */
@FlowTest
class AnyCommandTest {

  private static final EmbeddedLab LAB = EmbeddedLab.start();
  private static final Path PROCESSES = Flows.processes(LAB);

  /** Leaves the host's name in the ledger; fails where a file named after the host says so. */
  private static final String LEDGER =
      """
      h=$(basename "$(dirname "$HOME")"); echo "$h" >>"$1"; [ ! -e "$1.$h" ] || { echo "$h is told to fail" >&2; exit 4; }
      """;

  private final Flows flows;
  private final TaskService tasks;
  private Path ledger = Path.of("ledger");

  AnyCommandTest(Flows flows, TaskService tasks) {
    this.flows = flows;
    this.tasks = tasks;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) throws IOException {
    addDescriptor();
    LAB.settings().forEach((name, value) -> registry.add(name, () -> value));
    registry.add("runwright.processes-dir", PROCESSES::toString);
    registry.add("runwright.worker.end-grace", () -> "PT1S");
    registry.add("runwright.worker.reach-within", () -> "PT1S");
  }

  private static void addDescriptor() throws IOException {
    Files.createDirectories(LAB.runbooksDir().resolve("scripts"));
    Files.writeString(
        LAB.runbooksDir().resolve("say-uptime.yml"),
        """
        runbook: say-uptime
        process: run-command
        inputs:
          hosts: { of: hosts, required: true }
          command: { default: "cat /proc/uptime", allowed: [ "cat /proc/uptime" ] }
        run-by: [ operator ]
        """);
  }

  @AfterAll
  static void closeLab() {
    LAB.close();
  }

  @BeforeEach
  void newLedger() {
    ledger = LAB.directory().resolve("ledger-" + UUID.randomUUID());
  }

  @AfterEach
  void nothingIsLeft() {
    LAB.heal("lb1");
    LAB.heal("db1");
    flows.cancelAll();
  }

  @Test
  void a_command_runs_on_the_chosen_hosts_with_its_arguments_as_they_are() {
    Run run =
        flows.awaitEnd(
            flows.runCommand(
                "all:!crm1",
                Map.of(
                    "command",
                    "printf '%s.%s' \"$1\" '${x} #{y}'",
                    "arguments",
                    List.of("a $(b)"))));

    assertThat(run.state()).as(run.message().orElse("")).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.steps(run.id()))
        .extracting(step -> step.prepared().host())
        .containsExactly("db1", "app1", "lb1");
    assertThat(flows.output(run.id())).isEqualTo("a $(b).${x} #{y}".repeat(3));
  }

  @Test
  void only_admins_run_any_command() {
    Forbidden refused =
        catchThrowableOfType(
            Forbidden.class,
            () -> flows.submit("run-command", Map.of("hosts", "all", "command", "true")));

    assertThat(refused).isNotNull();
  }

  @Test
  void a_descriptor_of_ones_own_lets_operators_run_a_command_that_it_fixes() {
    Run run = flows.awaitEnd(flows.submit("say-uptime", Map.of("hosts", "db1")));
    InvalidInputs refused =
        catchThrowableOfType(
            InvalidInputs.class,
            () -> flows.submit("say-uptime", Map.of("hosts", "db1", "command", "id")));

    assertThat(run.state()).as(run.message().orElse("")).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.output(run.id())).matches("[0-9. ]+\n");
    assertThat(refused.problems())
        .extracting(InvalidInputs.Problem::field)
        .containsExactly("command");
  }

  @Test
  void a_mistyped_input_is_told_by_its_name() {
    InvalidInputs refused =
        catchThrowableOfType(
            InvalidInputs.class,
            () ->
                flows.runCommand(
                    "all:!crn1",
                    Map.of("command", "true", "serial", "lots", "errorBudget", 200.5)));

    assertThat(refused.problems())
        .extracting(InvalidInputs.Problem::field)
        .containsExactly("hosts", "serial", "errorBudget");
    assertThat(refused.problems().get(0).message()).contains("did you mean \"crm1\"?");
  }

  @Test
  void within_the_budget_the_next_batches_run_and_the_end_names_the_hosts() throws IOException {
    fails("app1");
    Run run = flows.awaitEnd(ledgerOn("all", Map.of("serial", List.of(1, 2), "errorBudget", 1)));

    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.message()).contains("1 of 4 hosts failed (app1)");
    assertThat(Files.readAllLines(ledger))
        .containsExactlyInAnyOrder("db1", "app1", "lb1", "crm1")
        .startsWith("db1");
    assertThat(Files.readAllLines(ledger).get(3)).isEqualTo("crm1");
  }

  @Test
  void a_host_out_of_reach_counts_as_one_that_failed() throws IOException {
    LAB.cut("lb1");
    Run run = flows.awaitEnd(ledgerOn("all", Map.of("errorBudget", "25%")));

    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.message())
        .hasValueSatisfying(text -> assertThat(text).contains("1 of 4 hosts failed (lb1)"));
    assertThat(Files.readAllLines(ledger)).containsExactlyInAnyOrder("db1", "app1", "crm1");
  }

  @Test
  void a_percent_is_of_the_batch_so_that_the_first_host_stops_the_others() throws IOException {
    fails("db1");
    Run run = ledgerOn("all", Map.of("serial", "1, 3", "errorBudget", "50%"));
    Task task = flows.awaitDecision(run);

    assertThat(tasks.getVariable(task.getId(), "failureMessage"))
        .isEqualTo("1 of 4 hosts failed (db1); 3 were not begun");
    assertThat(tasks.getVariable(task.getId(), "checkOutput"))
        .asString()
        .startsWith("db1: db1 is told to fail");
    assertThat(Files.readAllLines(ledger)).containsExactly("db1");

    tasks.complete(task.getId(), Map.of("decision", "end"));

    Run ended = flows.awaitEnd(run.id());
    assertThat(ended.state()).isEqualTo(RunState.FAILED);
    assertThat(ended.message())
        .contains("ended by a person: 1 of 4 hosts failed (db1); 3 were not begun");
    assertThat(Files.readAllLines(ledger)).containsExactly("db1");
  }

  @Test
  void going_on_begins_the_next_batch_and_the_run_still_ends_as_failed() throws IOException {
    fails("db1");
    Run run = ledgerOn("all", Map.of("serial", 1));
    tasks.complete(flows.awaitDecision(run).getId(), Map.of("decision", "go-on"));

    Run ended = flows.awaitEnd(run.id());
    assertThat(ended.state()).isEqualTo(RunState.FAILED);
    assertThat(ended.message()).contains("1 of 4 hosts failed (db1)");
    assertThat(Files.readAllLines(ledger)).containsExactly("db1", "app1", "lb1", "crm1");
  }

  @Test
  void a_retry_runs_only_the_hosts_that_failed_and_the_run_can_still_succeed() throws IOException {
    fails("db1");
    Run run = ledgerOn("all", Map.of("serial", "2", "errorBudget", 0));
    Task task = flows.awaitDecision(run);
    Files.delete(Path.of(ledger + ".db1"));
    tasks.complete(task.getId(), Map.of("decision", "retry"));

    Run ended = flows.awaitEnd(run.id());
    assertThat(ended.state()).as(ended.message().orElse("")).isEqualTo(RunState.SUCCEEDED);
    assertThat(Files.readAllLines(ledger))
        .containsExactlyInAnyOrder("db1", "app1", "db1", "lb1", "crm1");
  }

  @Test
  void a_retry_finds_the_command_of_a_host_that_went_out_of_reach() throws IOException {
    Run run =
        flows.runCommand(
            "db1:app1",
            Map.of(
                "command",
                "echo began; sleep 6; " + LEDGER,
                "arguments",
                List.of(ledger.toString()),
                "serial",
                1));
    await().atMost(Flows.LIMIT).until(() -> flows.output(run.id()).contains("began"));
    LAB.cut("db1");
    Task task = flows.awaitDecision(run);
    assertThat(tasks.getVariable(task.getId(), "failureMessage"))
        .isEqualTo("the outcome of 1 of 2 hosts is unknown (db1); 1 were not begun");
    LAB.heal("db1");
    tasks.complete(task.getId(), Map.of("decision", "retry"));

    Run ended = flows.awaitEnd(run.id());
    assertThat(ended.state()).as(ended.message().orElse("")).isEqualTo(RunState.SUCCEEDED);
    assertThat(Files.readAllLines(ledger)).containsExactly("db1", "app1");
    assertThat(flows.steps(run.id())).hasSize(2);
  }

  @Test
  void all_hosts_run_the_script_that_the_run_began_with() throws IOException {
    Path file = LAB.runbooksDir().resolve("scripts/ledger.sh");
    Files.writeString(file, "#!/bin/sh\n" + LEDGER);
    fails("db1");
    Run run =
        flows.submit(
            "run-script",
            Map.of(
                "hosts",
                "db1:app1",
                "script",
                "ledger.sh",
                "arguments",
                List.of(ledger.toString()),
                "serial",
                1));
    Task task = flows.awaitDecision(run);
    Files.writeString(file, "#!/bin/sh\necho changed >>\"$1\"\n");
    tasks.complete(task.getId(), Map.of("decision", "go-on"));

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.FAILED);
    assertThat(Files.readAllLines(ledger)).containsExactly("db1", "app1");
    assertThat(flows.steps(run.id()))
        .allSatisfy(step -> assertThat(step.values()).containsKey("sha256"))
        .extracting(step -> step.prepared().title())
        .containsExactly("Run ledger.sh on db1", "Run ledger.sh on app1");
  }

  @Test
  void a_script_that_is_not_in_the_folder_is_refused() {
    InvalidInputs refused =
        catchThrowableOfType(
            InvalidInputs.class,
            () -> flows.submit("run-script", Map.of("hosts", "all", "script", "../inventory.yml")));

    assertThat(refused.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.field()).isEqualTo("script"));
  }

  private void fails(String host) throws IOException {
    Files.createFile(Path.of(ledger + "." + host));
  }

  private Run ledgerOn(String hosts, Map<String, Object> more) {
    Map<String, Object> inputs = new HashMap<>(more);
    inputs.put("command", LEDGER);
    inputs.put("arguments", List.of(ledger.toString()));
    return flows.runCommand(hosts, inputs);
  }
}
