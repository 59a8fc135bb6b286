package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.runwright.flows.PatchedHosts.FIRST;
import static org.runwright.flows.PatchedHosts.SECOND;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.camunda.bpm.engine.TaskService;
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

/** patch-hosts on two real hosts behind HAProxy, while customers use them. */
@Tag("lab")
@FlowTest
class RealPatchTest {

  private static final RealLab LAB = RealLab.open();
  private static final Duration LIMIT = Duration.ofSeconds(240);

  private final Flows flows;
  private final TaskService tasks;
  private SortedMap<String, String> before;
  private SteadyLoad load;

  RealPatchTest(Flows flows, TaskService tasks) {
    this.flows = flows;
    this.tasks = tasks;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    LAB.register(registry);
    registry.add("runwright.worker.reach-within", () -> "PT10S");
  }

  @BeforeEach
  void both_serve_customers() {
    PatchedHosts.reset();
    before = PatchedHosts.state();
    load = new SteadyLoad(PatchedHosts.CUSTOMERS);
  }

  @AfterEach
  void nothing_is_left() {
    try {
      load.close();
      flows.cancelAll();
    } finally {
      PatchedHosts.reset();
    }
  }

  @Test
  void both_hosts_are_patched_and_no_customer_notices() {
    RealLab.command("publish", "1.0.0", "1.1.0");

    Run run = awaitEnd(patch(Map.of()));

    assertThat(run.state()).as(run.message().orElse("")).isEqualTo(RunState.SUCCEEDED);
    assertThat(PatchedHosts.version(FIRST)).isEqualTo("1.1.0");
    assertThat(PatchedHosts.version(SECOND)).isEqualTo("1.1.0");
    noRequestFailed();
    assertThat(PatchedHosts.state().get("balancer")).isEqualTo(before.get("balancer"));
    assertThat(FIRST.sudo("ls /var/lib/runwright"))
        .as("no lock, but the note of the versions")
        .isEqualTo("packages-" + run.id());
  }

  @Test
  void a_version_that_does_not_start_is_taken_back_and_the_second_host_is_not_touched() {
    RealLab.command("publish", "1.0.0", "1.2.0-broken");

    Run run = patch(Map.of());
    awaitDecision(run);

    assertThat(PatchedHosts.state()).isEqualTo(before);
    assertThat(PatchedHosts.upgrades(FIRST, "1.0.0", "1.2.0-broken")).isEqualTo(1);
    assertThat(hosts(run)).doesNotContain("crm2");
    noRequestFailed();

    decide(run, "end");

    Run ended = awaitEnd(run);
    assertThat(ended.state()).isEqualTo(RunState.FAILED);
    assertThat(ended.message())
        .hasValueSatisfying(
            text -> assertThat(text).contains("crm1: crm@crm1", "it was put back as it was"));
    assertThat(PatchedHosts.state()).isEqualTo(before);
    noRequestFailed();
  }

  @Test
  void hosts_are_restarted_one_after_the_other_and_no_customer_notices() {
    String first = PatchedHosts.bootId(FIRST);
    String second = PatchedHosts.bootId(SECOND);

    Run run = awaitEnd(patch(Map.of("reboot", "always")));

    assertThat(run.state()).as(run.message().orElse("")).isEqualTo(RunState.SUCCEEDED);
    assertThat(PatchedHosts.bootId(FIRST)).isNotEqualTo(first);
    assertThat(PatchedHosts.bootId(SECOND)).isNotEqualTo(second);
    assertThat(flows.steps(run.id(), "reboot-host"))
        .hasSize(2)
        .allSatisfy(step -> assertThat(step.state()).isEqualTo(StepState.SUCCEEDED));
    noRequestFailed();
  }

  @Test
  void of_a_host_that_dies_it_is_said_what_was_left_and_once_it_is_back_it_is_patched() {
    RealLab.command("publish", "1.0.0", "1.1.0");
    Run run = patch(Map.of());
    awaitStep(run, "stop-service", 1);

    RealLab.command("crash", "crm1");

    awaitDecision(run);
    assertThat(hosts(run)).doesNotContain("crm2");
    assertThat(PatchedHosts.servers()).as("drained").startsWith("crm1 0 8");
    noRequestFailed();
    RealLab.command("poweron", "crm1");
    RealLab.Service.CRM.start();

    decide(run, "retry");

    Run ended = awaitEnd(run);
    assertThat(ended.state()).as(ended.message().orElse("")).isEqualTo(RunState.SUCCEEDED);
    assertThat(PatchedHosts.version(FIRST)).isEqualTo("1.1.0");
    assertThat(PatchedHosts.version(SECOND)).isEqualTo("1.1.0");
    assertThat(PatchedHosts.state().get("balancer")).isEqualTo(before.get("balancer"));
    noRequestFailed();
  }

  @Test
  void a_cancelled_run_puts_the_host_in_flight_back_and_leaves_the_one_that_is_done() {
    RealLab.command("publish", "1.0.0", "1.1.0");
    Run run = patch(Map.of());
    awaitStep(run, "update-packages", 2);

    flows.cancel(run.id(), true);

    Run ended = awaitEnd(run);
    assertThat(ended.state()).as(ended.message().orElse("")).isEqualTo(RunState.COMPENSATED);
    SortedMap<String, String> after = PatchedHosts.state();
    assertThat(PatchedHosts.version(FIRST)).isEqualTo("1.1.0");
    assertThat(second(after)).isEqualTo(second(before));
    assertThat(after.get("balancer")).isEqualTo(before.get("balancer"));
    noRequestFailed();
  }

  private static Map<String, String> second(SortedMap<String, String> state) {
    Map<String, String> second = new HashMap<>(state);
    second.keySet().removeIf(key -> !key.startsWith("crm2"));
    return second;
  }

  private void noRequestFailed() {
    assertThat(load.failed()).isEmpty();
    assertThat(load.answered()).isGreaterThan(50);
  }

  private Run patch(Map<String, Object> inputs) {
    Map<String, Object> all = new HashMap<>(inputs);
    all.put("group", "crm");
    all.put("soak", "PT3S");
    all.put("rebootHold", "PT2S");
    all.put("undrainLimit", "PT20S");
    all.put("reason", "because of the test");
    return flows.submit("patch-hosts", all);
  }

  private List<String> hosts(Run run) {
    return flows.steps(run.id()).stream().map(step -> step.prepared().host()).distinct().toList();
  }

  private Run awaitEnd(Run run) {
    await().atMost(LIMIT).until(() -> flows.get(run.id()).state().ended());
    return flows.get(run.id());
  }

  private void awaitDecision(Run run) {
    await()
        .atMost(LIMIT)
        .until(() -> tasks.createTaskQuery().processInstanceBusinessKey(run.id()).count() == 1);
    assertThat(flows.get(run.id()).state()).isEqualTo(RunState.SUSPENDED);
  }

  private void decide(Run run, String decision) {
    String task =
        tasks.createTaskQuery().processInstanceBusinessKey(run.id()).singleResult().getId();
    tasks.complete(task, Map.of("decision", decision));
  }

  private void awaitStep(Run run, String kind, int count) {
    await()
        .atMost(LIMIT)
        .until(() -> ended(run, kind).filter(s -> s == StepState.SUCCEEDED).count() >= count);
  }

  private java.util.stream.Stream<StepState> ended(Run run, String kind) {
    return flows.steps(run.id(), kind).stream().map(Step::state);
  }
}
