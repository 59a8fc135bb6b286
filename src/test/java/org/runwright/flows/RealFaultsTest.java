package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.runwright.flows.RealLab.Service.APPLICATION;
import static org.runwright.flows.RealLab.Service.CRM;
import static org.runwright.flows.RealLab.Service.DATABASE;
import static org.runwright.flows.RealLab.Service.LEGACY;
import static org.runwright.flows.RealLab.Service.NETWORK;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.runwright.run.Run;
import org.runwright.run.RunState;
import org.runwright.run.Step;
import org.runwright.run.StepState;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Hosts that vanish: powered off, out of reach, rebooted or crashed under a command. */
@Tag("lab")
@FlowTest
class RealFaultsTest {

  /** How long a host may be out of reach here; more than a reboot takes. */
  private static final Duration REACH = Duration.ofSeconds(12);

  /** Until a run notices that, beyond the reach itself: time limits of ssh, and a busy machine. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  private static final String HOST = CRM.host.name();
  private static final RealLab LAB = RealLab.open();

  private final Flows flows;
  private final String ledger = "/var/tmp/runwright-ledger-" + UUID.randomUUID();

  RealFaultsTest(Flows flows) {
    this.flows = flows;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    LAB.register(registry);
    registry.add("runwright.worker.reach-within", REACH::toString);
    registry.add("runwright.worker.end-grace", () -> "PT1S");
    registry.add("runwright.ssh.connect-timeout", () -> "3s");
    registry.add("runwright.ssh.login-timeout", () -> "5s");
    registry.add("runwright.ssh.command-timeout", () -> "5s");
    registry.add("runwright.ssh.keep-alive", () -> "3s");
  }

  @BeforeEach
  void everythingRuns() {
    RealLab.makeWell();
  }

  @AfterEach
  void nothingIsLeft() {
    try {
      RealLab.command("heal", HOST);
      RealLab.command("poweron", HOST);
      flows.cancelAll();
    } finally {
      RealLab.makeWell();
      CRM.host.sudo("rm -f /var/tmp/runwright-ledger-*");
    }
  }

  @Test
  void a_host_that_is_off_fails_the_start_in_time_and_what_was_started_is_stopped_again() {
    RealLab.stop(NETWORK, CRM);
    RealLab.command("poweroff", HOST);

    Run run = flows.submitAndAwaitEnd("start-platform", Map.of());

    assertThat(run.state()).isEqualTo(RunState.COMPENSATED);
    assertThat(run.message())
        .hasValueSatisfying(m -> assertThat(m).contains("crm").contains("10.77.0.13"));
    assertThat(Duration.between(run.requestedAt(), run.endedAt().orElseThrow()))
        .isLessThan(REACH.plus(SLACK));
    assertThat(NETWORK.runs()).isFalse();
    assertThat(RealLab.run(DATABASE, APPLICATION, LEGACY)).as("they ran before").isTrue();
  }

  @Test
  void a_recovery_hands_a_host_out_of_reach_to_a_person_whose_retry_helps_once_it_is_back() {
    RealLab.command("drop", HOST);
    Run run = flows.submit("recover-platform", Map.of("attempts", 1));

    flows.awaitState(run.id(), RunState.SUSPENDED);

    Step failed = flows.lastStep(run.id(), "restart-service");
    assertThat(failed.awaitsPerson()).isTrue();
    assertThat(failed.message()).hasValueSatisfying(m -> assertThat(m).contains("in time"));
    RealLab.command("heal", HOST);
    flows.retry(failed);
    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.services(run.id(), "restart-service")).containsOnly("crm");
  }

  @Test
  void a_command_survives_a_cut_connection_and_its_result_is_collected_once() {
    Run run = begin("5.25");

    RealLab.command("drop", HOST);
    await().atMost(Flows.LIMIT).until(() -> !runsThere("sleep 5.25"));
    assertThat(flows.get(run.id()).state()).as("nobody can see it yet").isEqualTo(RunState.RUNNING);
    RealLab.command("heal", HOST);

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.output(run.id())).isEqualTo("began as root\ndone\n");
    assertThat(CRM.host.lines(ledger)).containsExactly("once");
    assertThat(flows.steps(run.id())).singleElement().extracting(Step::attempt).isEqualTo(1);
  }

  @Test
  void a_host_that_stays_out_of_reach_leaves_the_outcome_unknown_and_never_repeats_by_itself() {
    Run run = begin("600.125");
    RealLab.command("drop", HOST);

    flows.awaitState(run.id(), RunState.SUSPENDED);

    Step step = flows.steps(run.id()).get(0);
    assertThat(step.state()).isEqualTo(StepState.UNKNOWN);
    assertThat(step.message())
        .hasValueSatisfying(m -> assertThat(m).contains("10.77.0.13").contains("in time"));
    RealLab.command("heal", HOST);
    flows.skip(step);
    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(CRM.host.lines(ledger)).containsExactly("once");
    CRM.host.sudo("pkill -fx 'sleep 600.125' || :");
  }

  @Test
  void a_host_that_crashed_under_a_command_leaves_it_unknown_until_a_person_retries() {
    Run run = begin("600.25");

    RealLab.command("crash", HOST);
    RealLab.command("poweron", HOST);
    flows.awaitState(run.id(), RunState.SUSPENDED);

    Step step = flows.steps(run.id()).get(0);
    assertThat(step.state()).isEqualTo(StepState.UNKNOWN);
    assertThat(step.message()).hasValueSatisfying(m -> assertThat(m).contains("restarted"));
    assertThat(CRM.host.lines(ledger)).as("not repeated by itself").containsExactly("once");
    flows.retry(step);
    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(CRM.host.lines(ledger)).containsExactly("once", "once");
  }

  @Test
  void an_orderly_reboot_under_a_command_is_told_and_a_person_may_retry() {
    Run run = begin("600.5");

    RealLab.command("reboot", HOST);
    flows.awaitState(run.id(), RunState.SUSPENDED);

    Step step = flows.steps(run.id()).get(0);
    assertThat(step.state()).isIn(StepState.UNKNOWN, StepState.FAILED);
    assertThat(step.awaitsPerson()).isTrue();
    await().atMost(Flows.LIMIT).ignoreExceptions().until(CRM::runs);
    assertThat(CRM.host.lines(ledger)).as("not repeated by itself").containsExactly("once");
    flows.retry(step);
    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(CRM.host.lines(ledger)).containsExactly("once", "once");
  }

  /** Runs a command that leaves a line in the ledger and sleeps, and waits until it does. */
  private Run begin(String seconds) {
    Run run =
        flows.submit("host-command", Map.of("where", HOST, "seconds", seconds, "file", ledger));
    await().atMost(Flows.LIMIT).until(() -> flows.output(run.id()).contains("began as root"));
    await().atMost(Flows.LIMIT).until(() -> runsThere("sleep " + seconds));
    return run;
  }

  /** Looked at past the network, which may be cut. */
  private static boolean runsThere(String commandLine) {
    return !RealLab.command("exec", HOST, "sh", "-c", "pgrep -fx '" + commandLine + "' || :")
        .isEmpty();
  }
}
