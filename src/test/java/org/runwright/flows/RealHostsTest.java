package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.runwright.flows.RealLab.Service.APPLICATION;
import static org.runwright.flows.RealLab.Service.CRM;
import static org.runwright.flows.RealLab.Service.DATABASE;
import static org.runwright.flows.RealLab.Service.LEGACY;
import static org.runwright.flows.RealLab.Service.NETWORK;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.runwright.flows.RealLab.Service;
import org.runwright.run.Run;
import org.runwright.run.RunState;
import org.runwright.run.Step;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Start, stop and recover on real Debian hosts: four with systemd, one with SysV init alone. */
@Tag("lab")
@FlowTest
class RealHostsTest {

  private static final List<String> CHAIN = List.of("database", "application", "network", "crm");
  private static final RealLab LAB = RealLab.open();

  private final Flows flows;

  RealHostsTest(Flows flows) {
    this.flows = flows;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    LAB.register(registry);
  }

  @BeforeEach
  void everythingRuns() {
    RealLab.makeWell();
  }

  @AfterEach
  void nothingIsLeft() {
    try {
      flows.cancelAll();
    } finally {
      RealLab.makeWell();
    }
  }

  @Test
  void start_platform_starts_all_in_order_and_a_second_time_changes_nothing() {
    RealLab.stop(Service.values());

    Run run = flows.submitAndAwaitEnd("start-platform", Map.of());

    succeeded(run);
    assertThat(flows.services(run.id(), "start-service"))
        .hasSize(6)
        .contains("legacy")
        .containsSubsequence(CHAIN);
    assertThat(flows.steps(run.id(), "start-service")).allSatisfy(step -> changed(step, true));
    assertThat(RealLab.run(Service.values())).isTrue();
    assertThat(RealLab.crmIsWell()).isTrue();
    RealLab.awaitCustomers();
    assertThat(List.of(DATABASE, APPLICATION, NETWORK, CRM))
        .as("the hosts' own record of the order")
        .isSortedAccordingTo((a, b) -> Long.compare(began(a), began(b)));

    Run again = flows.submitAndAwaitEnd("start-platform", Map.of());

    succeeded(again);
    assertThat(flows.steps(again.id(), "start-service"))
        .hasSize(6)
        .allSatisfy(step -> changed(step, false));
  }

  @Test
  void stop_platform_stops_all_in_the_reverse_order_and_a_second_time_changes_nothing() {
    Run run = flows.submitAndAwaitEnd("stop-platform", Map.of());

    succeeded(run);
    assertThat(flows.services(run.id(), "stop-service"))
        .hasSize(6)
        .contains("legacy")
        .containsSubsequence("crm", "network", "application", "database");
    assertThat(flows.steps(run.id(), "stop-service")).allSatisfy(step -> changed(step, true));
    assertThat(Service.values()).noneMatch(Service::runs);
    assertThat(List.of(CRM, NETWORK, APPLICATION, DATABASE))
        .as("the hosts' own record of the order")
        .isSortedAccordingTo((a, b) -> Long.compare(ended(a), ended(b)));

    Run again = flows.submitAndAwaitEnd("stop-platform", Map.of());

    succeeded(again);
    assertThat(flows.steps(again.id(), "stop-service")).allSatisfy(step -> changed(step, false));
  }

  @Test
  void a_unit_that_cannot_start_makes_the_run_undo_in_reverse_exactly_what_it_started() {
    RealLab.stop(APPLICATION, NETWORK, CRM);
    CRM.breakUnit();

    Run run = flows.submitAndAwaitEnd("start-platform", Map.of());

    assertThat(run.state()).isEqualTo(RunState.COMPENSATED);
    assertThat(run.message()).hasValueSatisfying(text -> assertThat(text).contains("crm"));
    assertThat(RealLab.run(DATABASE, LEGACY)).as("they ran before the run").isTrue();
    assertThat(List.of(APPLICATION, NETWORK, CRM)).noneMatch(Service::runs);
    assertThat(flows.services(run.id(), "stop-service"))
        .containsSubsequence("network", "application")
        .doesNotContain("database", "legacy");
    assertThat(ended(NETWORK)).isLessThan(ended(APPLICATION));
  }

  @Test
  void an_application_that_cannot_start_takes_the_database_down_again_if_this_run_started_it() {
    RealLab.stop(APPLICATION, DATABASE);
    APPLICATION.breakUnit();

    Run run = flows.submitAndAwaitEnd("start-platform", Map.of());

    assertThat(run.state()).isEqualTo(RunState.COMPENSATED);
    assertThat(run.message()).hasValueSatisfying(text -> assertThat(text).contains("application"));
    assertThat(List.of(APPLICATION, DATABASE)).noneMatch(Service::runs);
    assertThat(RealLab.run(NETWORK, CRM, LEGACY)).as("they ran before the run").isTrue();
  }

  @Test
  void a_killed_database_is_recovered_with_all_that_depends_on_it() {
    long crmBefore = began(CRM);
    DATABASE.kill(); // systemd starts it again by itself, 5.5 s later

    Run run = flows.submitAndAwaitEnd("recover-platform", Map.of());

    succeeded(run);
    assertThat(check(run, "database").values()).containsEntry("well", "false");
    assertThat(flows.services(run.id(), "restart-service"))
        .containsExactly("database", "application", "network", "crm", "crm");
    assertThat(RealLab.run(Service.values())).isTrue();
    assertThat(RealLab.crmIsWell()).isTrue();
    RealLab.awaitCustomers();
    assertThat(began(CRM)).isGreaterThan(crmBefore);
    assertThat(DATABASE.host.sudo("systemctl show --value -p NRestarts mariadb"))
        .as("the restart was ours, not systemd's")
        .isEqualTo("0");
  }

  @Test
  void a_killed_crm_alone_is_restarted() {
    List<Long> before = List.of(began(DATABASE), began(APPLICATION), began(NETWORK));
    CRM.kill();

    Run run = flows.submitAndAwaitEnd("recover-platform", Map.of());

    succeeded(run);
    assertThat(flows.services(run.id(), "restart-service")).containsExactly("crm");
    assertThat(List.of(began(DATABASE), began(APPLICATION), began(NETWORK))).isEqualTo(before);
    assertThat(RealLab.crmIsWell()).isTrue();
    RealLab.awaitCustomers();
  }

  @Test
  void a_killed_service_of_the_sysv_host_is_recovered() {
    LEGACY.kill();

    Run run = flows.submitAndAwaitEnd("recover-platform", Map.of());

    succeeded(run);
    assertThat(flows.services(run.id(), "restart-service")).containsExactly("legacy");
    assertThat(LEGACY.runs()).isTrue();
  }

  @Test
  void a_restart_that_does_not_help_waits_for_a_person_whose_retry_helps() {
    CRM.kill();
    CRM.breakUnit();
    Run run = flows.submit("recover-platform", Map.of("attempts", 1));
    flows.awaitState(run.id(), RunState.SUSPENDED);
    Step failed = flows.lastStep(run.id(), "restart-service");
    assertThat(failed.awaitsPerson()).isTrue();
    assertThat(failed.message()).hasValueSatisfying(m -> assertThat(m).contains("did not start"));

    CRM.repair();
    flows.retry(failed);

    succeeded(flows.awaitEnd(run.id()));
    assertThat(RealLab.crmIsWell()).isTrue();
    RealLab.awaitCustomers();
  }

  private Step check(Run run, String service) {
    return flows.steps(run.id(), "check-service").stream()
        .filter(step -> step.prepared().service().orElseThrow().equals(service))
        .findFirst()
        .orElseThrow();
  }

  private static void succeeded(Run run) {
    assertThat(run.state()).as(run.message().orElse("")).isEqualTo(RunState.SUCCEEDED);
  }

  private static void changed(Step step, boolean expected) {
    assertThat(step.changed()).as(step.prepared().title()).contains(expected);
  }

  private static long began(Service service) {
    return service.microseconds("ActiveEnter");
  }

  private static long ended(Service service) {
    return service.microseconds("InactiveEnter");
  }
}
