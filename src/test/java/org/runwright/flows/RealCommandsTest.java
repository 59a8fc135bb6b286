package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.runwright.run.Run;
import org.runwright.run.RunState;
import org.runwright.run.Step;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** run-command and run-script on real Debian hosts, as root by sudo. */
@Tag("lab")
@FlowTest
class RealCommandsTest {

  private static final RealLab LAB = RealLab.open();
  private static final String FILE = "/root/runwright-real-commands";

  private final Flows flows;
  private final TaskService tasks;

  RealCommandsTest(Flows flows, TaskService tasks) {
    this.flows = flows;
    this.tasks = tasks;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    LAB.write(
        "runbooks/services.yml",
        "platform: lab\nservices: { database: { hosts: db, manager: systemd, unit: mariadb } }\n");
    LAB.register(registry);
  }

  @AfterEach
  void nothingIsLeft() {
    flows.cancelAll();
    List.of("db1", "app1", "crm1", "lb1", "old1")
        .forEach(host -> new RealHost(host).sudo("rm -f " + FILE));
  }

  @Test
  void a_command_runs_as_root_on_the_chosen_hosts_in_batches() {
    Run run =
        flows.awaitEnd(
            flows
                .submit(
                    Flows.ADMIN,
                    "run-command",
                    Map.of(
                        "hosts",
                        "db1:app1:crm1:lb*:old1:!old",
                        "command",
                        "hostname; id -un; printf '%s\\n' \"$1\" >" + FILE,
                        "arguments",
                        List.of("it's $(hostname)"),
                        "serial",
                        List.of(1, "100%")))
                .id());

    assertThat(run.state()).as(run.message().orElse("")).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.steps(run.id())).hasSize(4);
    assertThat(flows.output(run.id()).lines()).contains("db1", "app1", "crm1", "lb1", "root");
    assertThat(new RealHost("lb1").lines(FILE)).containsExactly("it's $(hostname)");
    assertThat(new RealHost("old1").lines(FILE)).isEmpty();
  }

  @Test
  void a_host_that_fails_stops_the_others_until_a_person_decides() {
    Run run =
        flows.submit(
            Flows.ADMIN,
            "run-command",
            Map.of(
                "hosts",
                "db1,app1",
                "command",
                "[ \"$(hostname)\" != \"$1\" ] || exit 3; touch " + FILE,
                "arguments",
                List.of("db1"),
                "serial",
                1));
    flows.awaitState(run.id(), RunState.SUSPENDED);
    Task task = tasks.createTaskQuery().processInstanceBusinessKey(run.id()).singleResult();
    tasks.complete(task.getId(), Map.of("decision", "end"));

    Run ended = flows.awaitEnd(run.id());
    assertThat(ended.state()).isEqualTo(RunState.FAILED);
    assertThat(ended.message()).hasValueSatisfying(text -> assertThat(text).contains("(db1)"));
    assertThat(flows.steps(run.id())).extracting(step -> step.prepared().host()).endsWith("db1");
  }

  @Test
  void the_shipped_script_is_verified_and_changes_nothing() {
    Run run =
        flows.awaitEnd(
            flows
                .submit(
                    "run-script",
                    Map.of(
                        "hosts",
                        "db1,app1,crm1,lb1,old",
                        "script",
                        "disk-usage.sh",
                        "arguments",
                        List.of("100"),
                        "parallelism",
                        2))
                .id());

    assertThat(run.state()).as(run.message().orElse("")).isEqualTo(RunState.SUCCEEDED);
    assertThat(flows.steps(run.id()))
        .hasSize(5)
        .allSatisfy(step -> assertThat(step.values()).containsKey("sha256"))
        .extracting(Step::changed)
        .allSatisfy(changed -> assertThat(changed).contains(false));
    assertThat(flows.output(run.id())).contains("Mounted on");
  }
}
