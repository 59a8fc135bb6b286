package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.runwright.lab.EmbeddedLab;
import org.runwright.run.Run;
import org.runwright.run.RunRefused;
import org.runwright.run.RunState;
import org.runwright.run.Step;
import org.runwright.run.StepState;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One element that runs a command on many hosts, and commands that are tried again. */
@FlowTest
class ManyHostsTest {

  private static final EmbeddedLab LAB = EmbeddedLab.start();
  private static final Path PROCESSES = Flows.processes(LAB);
  private static final List<String> HOSTS = List.of("app1", "crm1", "db1", "lb1");

  private final Flows flows;
  private final RuntimeService runtime;
  private final ExternalTaskService tasks;

  ManyHostsTest(Flows flows, RuntimeService runtime, ExternalTaskService tasks) {
    this.flows = flows;
    this.runtime = runtime;
    this.tasks = tasks;
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

  private Path ledger = Path.of("ledger");

  @BeforeEach
  void newLedger() {
    ledger = LAB.directory().resolve("ledger-" + UUID.randomUUID());
  }

  private Run begin(String where) {
    return flows.submit("many-hosts", Map.of("file", ledger.toString(), "where", where));
  }

  @Test
  void the_command_runs_once_on_each_host_of_a_group() throws IOException {
    Run run = flows.awaitEnd(begin("all").id());

    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(Files.readAllLines(ledger)).containsExactlyInAnyOrderElementsOf(HOSTS);
    assertThat(flows.steps(run.id()))
        .allSatisfy(step -> assertThat(step.state()).isEqualTo(StepState.SUCCEEDED))
        .extracting(step -> step.prepared().host())
        .containsExactlyInAnyOrderElementsOf(HOSTS);
  }

  @Test
  void a_host_that_fails_is_retried_alone() throws IOException {
    Files.createFile(Path.of(ledger + ".app1"));
    Files.createFile(Path.of(ledger + ".lb1"));
    Run run = begin("all");
    flows.awaitState(run.id(), RunState.SUSPENDED);
    assertThat(incidents(run)).singleElement().asString().contains("2 of 4 hosts failed");

    Files.delete(Path.of(ledger + ".app1"));
    Files.delete(Path.of(ledger + ".lb1"));
    flows.retry(failedOn(run, "app1"));
    flows.skip(failedOn(run, "lb1"));

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(Files.readAllLines(ledger))
        .containsExactlyInAnyOrder("app1", "crm1", "db1", "lb1", "app1");
    assertThat(incidents(run)).isEmpty();
  }

  @Test
  void a_retry_in_cockpit_tries_every_host_again_that_failed() throws IOException {
    Files.createFile(Path.of(ledger + ".app1"));
    Files.createFile(Path.of(ledger + ".lb1"));
    Run run = begin("all");
    flows.awaitState(run.id(), RunState.SUSPENDED);

    Files.delete(Path.of(ledger + ".app1"));
    Files.delete(Path.of(ledger + ".lb1"));
    tasks.setRetries(
        tasks.createExternalTaskQuery().processInstanceId(instance(run)).singleResult().getId(), 1);

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(Files.readAllLines(ledger))
        .containsExactlyInAnyOrder("app1", "crm1", "db1", "lb1", "app1", "lb1");
  }

  @Test
  void a_cancelled_run_is_undone_on_every_host_where_it_changed_something() throws IOException {
    Files.createFile(Path.of(ledger + ".app1"));
    Run run = begin("all");
    flows.awaitState(run.id(), RunState.SUSPENDED);

    flows.cancel(run.id(), true);

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.COMPENSATED);
    assertThat(Files.readAllLines(ledger)).contains("not crm1", "not db1", "not lb1");
  }

  @Test
  void a_group_that_the_inventory_does_not_have_is_refused() {
    assertThatThrownBy(() -> begin("nowhere"))
        .isInstanceOf(RunRefused.class)
        .hasMessageContaining("no host or group: \"nowhere\"");
  }

  @Test
  void a_step_that_is_safe_to_repeat_is_tried_as_often_as_its_model_declares() throws IOException {
    Run run = patient(true, "R3/PT0.2S");

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(Files.readAllLines(ledger)).hasSize(3);
    assertThat(flows.steps(run.id()))
        .extracting(Step::attempt, Step::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, StepState.FAILED),
            org.assertj.core.groups.Tuple.tuple(2, StepState.FAILED),
            org.assertj.core.groups.Tuple.tuple(3, StepState.SUCCEEDED));
  }

  @Test
  void declared_retries_end() throws IOException {
    Run run = patient(true, "R2/PT0.1S");

    flows.awaitState(run.id(), RunState.SUSPENDED);

    assertThat(Files.readAllLines(ledger)).hasSize(2);
  }

  @Test
  void a_step_that_is_not_safe_to_repeat_is_not_tried_again() throws IOException {
    Run run = patient(false, "R3/PT0.1S");

    flows.awaitState(run.id(), RunState.SUSPENDED);

    assertThat(Files.readAllLines(ledger)).hasSize(1);
  }

  private Run patient(boolean safe, String cycle) {
    return flows.submit(
        "patient-command", Map.of("file", ledger.toString(), "safe", safe, "cycle", cycle));
  }

  private Step failedOn(Run run, String host) {
    return flows.steps(run.id()).stream()
        .filter(step -> step.prepared().host().equals(host) && step.awaitsPerson())
        .findFirst()
        .orElseThrow();
  }

  private String instance(Run run) {
    return flows.get(run.id()).processInstance().orElseThrow();
  }

  private List<String> incidents(Run run) {
    return runtime.createIncidentQuery().processInstanceId(instance(run)).list().stream()
        .map(incident -> String.valueOf(incident.getIncidentMessage()))
        .toList();
  }
}
