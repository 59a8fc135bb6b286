package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.runwright.lab.EmbeddedLab;
import org.runwright.run.Run;
import org.runwright.run.RunState;
import org.runwright.run.Step;
import org.runwright.run.StepState;
import org.runwright.runbook.InvalidInputs;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Start, stop and recover on hosts that run real processes. */
@FlowTest
class PlatformRunsTest {

  private static final List<String> SERVICES = List.of("database", "application", "network", "crm");
  private static final EmbeddedLab LAB = EmbeddedLab.start();
  private static final Path PROCESSES = Flows.processes(LAB);

  private final Flows flows;

  PlatformRunsTest(Flows flows) {
    this.flows = flows;
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

  @BeforeEach
  void stopEverything() {
    for (String service : SERVICES) {
      LAB.repair(service);
      LAB.stopService(service);
    }
  }

  @Test
  void start_platform_starts_every_service_in_the_order_of_the_map() {
    Run run = flows.submitAndAwaitEnd("start-platform", Map.of());

    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.services(run.id(), "start-service")).isEqualTo(SERVICES);
    assertThat(flows.steps(run.id(), "start-service"))
        .allSatisfy(step -> assertThat(step.changed()).contains(true));
    assertThat(SERVICES).allMatch(LAB::isRunning);
  }

  @Test
  void what_runs_and_is_well_is_left_alone_and_reported_unchanged() {
    flows.submitAndAwaitEnd("start-platform", Map.of());

    Run again = flows.submitAndAwaitEnd("start-platform", Map.of());

    assertThat(again.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.steps(again.id(), "start-service"))
        .hasSize(4)
        .allSatisfy(step -> assertThat(step.changed()).contains(false));
  }

  @Test
  void only_the_services_asked_for_and_what_they_need_are_started() {
    Run run = flows.submitAndAwaitEnd("start-platform", Map.of("services", List.of("application")));

    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.services(run.id(), "start-service"))
        .containsExactly("database", "application");
  }

  @Test
  void a_service_that_cannot_start_makes_the_run_undo_in_reverse_exactly_what_it_started() {
    LAB.startService("database");
    LAB.breakService("crm");

    Run run = flows.submitAndAwaitEnd("start-platform", Map.of());

    assertThat(run.state()).isEqualTo(RunState.COMPENSATED);
    assertThat(run.message()).hasValueSatisfying(text -> assertThat(text).contains("crm"));
    assertThat(LAB.isRunning("database")).as("it ran before the run").isTrue();
    assertThat(List.of("application", "network", "crm")).noneMatch(LAB::isRunning);
    assertThat(flows.services(run.id(), "stop-service"))
        .containsSubsequence("network", "application")
        .doesNotContain("database");
  }

  @Test
  void stop_platform_stops_in_the_reverse_order() {
    flows.submitAndAwaitEnd("start-platform", Map.of());

    Run run = flows.submitAndAwaitEnd("stop-platform", Map.of());

    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.services(run.id(), "stop-service"))
        .containsExactly("crm", "network", "application", "database");
    assertThat(SERVICES).noneMatch(LAB::isRunning);
  }

  @Test
  void stopping_a_service_stops_what_depends_on_it_first() {
    flows.submitAndAwaitEnd("start-platform", Map.of());

    Run run = flows.submitAndAwaitEnd("stop-platform", Map.of("services", List.of("application")));

    assertThat(flows.services(run.id(), "stop-service"))
        .containsExactly("crm", "network", "application");
    assertThat(LAB.isRunning("database")).isTrue();
  }

  @Test
  void recover_platform_restarts_what_is_unwell_and_what_depends_on_it() {
    flows.submitAndAwaitEnd("start-platform", Map.of());
    LAB.kill("network");

    Run run = flows.submitAndAwaitEnd("recover-platform", Map.of());

    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.services(run.id(), "restart-service")).containsExactly("network", "crm");
    assertThat(SERVICES).allMatch(LAB::isRunning);
  }

  @Test
  void recover_platform_touches_nothing_when_all_is_well() {
    flows.submitAndAwaitEnd("start-platform", Map.of());

    Run run = flows.submitAndAwaitEnd("recover-platform", Map.of());

    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.steps(run.id(), "restart-service")).isEmpty();
  }

  @Test
  void a_restart_that_does_not_help_waits_for_a_person_whose_retry_helps() {
    flows.submitAndAwaitEnd("start-platform", Map.of());
    LAB.kill("crm");
    LAB.breakService("crm");
    Run run = flows.submit("recover-platform", Map.of("attempts", 1));
    flows.awaitState(run.id(), RunState.SUSPENDED);
    Step failed = flows.steps(run.id()).get(flows.steps(run.id()).size() - 1);
    assertThat(failed.awaitsPerson()).isTrue();

    LAB.repair("crm");
    flows.retry(failed);

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(LAB.isRunning("crm")).isTrue();
  }

  @Test
  void a_restart_that_does_not_help_may_be_skipped() {
    flows.submitAndAwaitEnd("start-platform", Map.of());
    LAB.kill("crm");
    LAB.breakService("crm");
    Run run = flows.submit("recover-platform", Map.of("attempts", 1));
    flows.awaitState(run.id(), RunState.SUSPENDED);

    Step failed = flows.steps(run.id()).get(flows.steps(run.id()).size() - 1);
    flows.skip(failed);

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.steps(run.id()))
        .anyMatch(step -> step.id().equals(failed.id()) && step.state() == StepState.SKIPPED);
  }

  @Test
  void an_unknown_service_is_refused_before_anything_happens() {
    assertThatThrownBy(() -> flows.submit("start-platform", Map.of("services", List.of("datbase"))))
        .isInstanceOf(InvalidInputs.class)
        .hasMessageContaining("datbase");
  }
}
