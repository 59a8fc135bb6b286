package org.runwright.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.runwright.platform.Check;
import org.runwright.platform.Platform;
import org.runwright.platform.Service;
import org.runwright.platform.ServiceManager;
import org.runwright.step.StepResult.Verdict;

/** The scripts on real Debian hosts: systemd on db1, a SysV host without systemd on old1. */
@Tag("lab")
class LabServicesTest {

  private static final String DB = "db1";
  private static final String OLD = "old1";

  private static final Platform MARIADB =
      on("db1", "10.77.0.11", ServiceManager.SYSTEMD, "mariadb")
          .check(new Check.Tcp(3306, Optional.empty()))
          .check(new Check.Command("mysqladmin ping", Optional.empty()))
          .build();

  private static final Platform NGINX =
      on("old1", "10.77.0.15", ServiceManager.SYSV, "nginx")
          .check(new Check.Tcp(80, Optional.empty()))
          .build();

  private static Lab lab;

  @BeforeAll
  static void the_lab() {
    lab = Lab.connect();
  }

  @AfterAll
  static void no_lab() {
    lab.close();
  }

  @AfterEach
  void everything_runs_again() {
    lab.sudo(
        DB,
        "systemctl stop rw-test 2>/dev/null; systemctl reset-failed rw-test 2>/dev/null;"
            + " rm -f /run/systemd/system/rw-test.service /run/rw-test.repaired;"
            + " systemctl daemon-reload; systemctl start mariadb");
    lab.sudo(OLD, "service nginx status >/dev/null || service nginx start");
  }

  @Test
  void systemd_stops_starts_and_waits() {
    StepResult stopped = run("stop-service", MARIADB);
    StepResult stoppedAgain = run("stop-service", MARIADB);
    StepResult looked = run("check-service", MARIADB);
    StepResult started = run("start-service", MARIADB);
    StepResult startedAgain = run("start-service", MARIADB);
    StepResult awaited = run("await-service", MARIADB);

    assertThat(stopped.verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(stopped.changed()).contains(true);
    assertThat(stopped.values()).containsEntry("before", "running");
    assertThat(stoppedAgain.changed()).contains(false);
    assertThat(looked.values()).containsEntry("well", "false").containsEntry("state", "stopped");
    assertThat(looked.message()).contains("tcp 3306: connection refused").contains("mysqladmin");
    assertThat(started.changed()).contains(true);
    assertThat(startedAgain.changed()).contains(false);
    assertThat(awaited.values()).containsEntry("well", "true");
  }

  @Test
  void a_unit_between_a_crash_and_its_own_restart_does_not_run() {
    lab.sudo(
        DB, "systemctl kill -s KILL mariadb; while systemctl is-active -q mariadb; do :; done");

    StepResult looked = run("check-service", MARIADB);
    StepResult started = run("start-service", MARIADB);

    assertThat(looked.values()).containsEntry("well", "false").containsEntry("state", "restarting");
    assertThat(started.values()).containsEntry("before", "restarting");
    assertThat(started.verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(started.changed()).contains(false);
  }

  @Test
  void a_restart_ends_the_wait_for_systemds_own() {
    lab.sudo(
        DB, "systemctl kill -s KILL mariadb; while systemctl is-active -q mariadb; do :; done");

    StepResult restarted = run("restart-service", MARIADB);

    assertThat(restarted.verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(restarted.values()).containsEntry("before", "restarting");
    assertThat(run("check-service", MARIADB).values()).containsEntry("well", "true");
  }

  @Test
  void a_broken_unit_says_why() {
    unit("rw-test", "ExecStart=/bin/sh -c 'echo no licence; exit 7'\nType=oneshot");

    StepResult result = run("start-service", systemd("rw-test").build());

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.message()).contains("did not start").contains("failed (exit-code)");
  }

  @Test
  void a_unit_that_crashed_too_often_starts_once_it_is_repaired() {
    unit(
        "rw-test",
        "ExecStart=/bin/sleep 1000\nExecStartPre=/usr/bin/test -e /run/rw-test.repaired\n"
            + "[Unit]\nStartLimitBurst=1\nStartLimitIntervalSec=1h");
    Platform platform = systemd("rw-test").build();
    StepResult broken = run("start-service", platform);
    lab.sudo(DB, "touch /run/rw-test.repaired");

    StepResult repaired = run("start-service", platform);

    assertThat(broken.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(repaired.verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(repaired.values()).containsEntry("before", "failed");
  }

  @Test
  void an_unknown_unit_is_told() {
    StepResult result = run("start-service", systemd("no-such-unit").build());

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.message()).contains("cannot be found").contains("no-such-unit");
    assertThat(result.changed()).contains(false);
  }

  @Test
  void a_unit_that_will_not_stop_is_killed_only_with_force() {
    unit(
        "rw-test",
        "ExecStart=/bin/sh -c 'trap \"\" TERM; while :; do sleep 1; done'\nRestart=always");
    Platform platform = systemd("rw-test").stopTimeout(2).build();
    run("start-service", platform);

    StepResult gentle = run("stop-service", platform);
    StepResult forced = run("stop-service", platform, Map.of("force", true));

    assertThat(gentle.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(gentle.message()).contains("still runs after 2 s");
    assertThat(forced.verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(forced.changed()).contains(true);
    assertThat(lab.sudo(DB, "systemctl is-active rw-test || :")).isEqualTo("inactive");
  }

  @Test
  void a_restart_with_force_ends_a_stop_that_hangs() {
    unit("rw-test", "ExecStart=/bin/sh -c 'trap \"\" TERM; while :; do sleep 1; done'");
    Platform platform = systemd("rw-test").stopTimeout(2).build();
    run("start-service", platform);
    String before = lab.sudo(DB, "systemctl show -p MainPID --value rw-test");

    StepResult result = run("restart-service", platform, Map.of("force", true));
    run("stop-service", platform, Map.of("force", true));

    assertThat(result.verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(before).isNotEqualTo("0");
  }

  @Test
  void every_service_of_the_lab_is_well() {
    for (Service service : lab.platform().services().services().values()) {
      StepRequest request =
          new StepRequest(
              "await-service",
              lab.platform().hostsOf(service).get(0).name(),
              Optional.of(service.name()),
              Map.of(),
              Optional.empty());
      PreparedStep step = Kinds.ALL.named("await-service").prepare(request, lab.platform());

      assertThat(lab.run(step).result().values()).containsEntry("well", "true");
    }
  }

  @Test
  void a_signal_is_told() {
    PreparedStep step = Kinds.prepare("run-command", MARIADB, Map.of("command", "kill -KILL $$"));

    StepResult result = lab.run(step).result();

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.signal()).contains("KILL");
    assertThat(result.exitCode()).isEmpty();
  }

  @Test
  void sysv_stops_starts_and_waits() {
    StepResult stopped = run("stop-service", NGINX);
    StepResult stoppedAgain = run("stop-service", NGINX);
    StepResult looked = run("check-service", NGINX);
    StepResult started = run("start-service", NGINX);
    StepResult startedAgain = run("start-service", NGINX);
    StepResult restarted = run("restart-service", NGINX);
    StepResult awaited = run("await-service", NGINX);

    assertThat(stopped.verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(stopped.changed()).contains(true);
    assertThat(stoppedAgain.changed()).contains(false);
    assertThat(looked.values()).containsEntry("well", "false");
    assertThat(started.changed()).contains(true);
    assertThat(startedAgain.changed()).contains(false);
    assertThat(restarted.verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(awaited.values()).containsEntry("well", "true");
  }

  @Test
  void an_unknown_init_script_is_told() {
    Platform platform = on("old1", "10.77.0.15", ServiceManager.SYSV, "no-such").build();

    StepResult result = run("start-service", platform);

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.message()).contains("there is no /etc/init.d/no-such");
  }

  private static void unit(String name, String service) {
    lab.sudo(
        DB,
        "printf '%s\\n' '[Service]' '"
            + service.replace("'", "'\\''").replace("\n", "' '")
            + "' >/run/systemd/system/"
            + name
            + ".service; systemctl daemon-reload");
  }

  private static PlatformBuilder systemd(String unit) {
    return on("db1", "10.77.0.11", ServiceManager.SYSTEMD, unit).startTimeout(10);
  }

  private static PlatformBuilder on(
      String host, String address, ServiceManager manager, String unit) {
    return PlatformBuilder.aPlatform()
        .on(host)
        .address(address)
        .becoming("root")
        .managedBy(manager, unit)
        .noCommands()
        .startTimeout(60)
        .stopTimeout(30);
  }

  private static StepResult run(String kind, Platform platform) {
    return run(kind, platform, Map.of());
  }

  private static StepResult run(String kind, Platform platform, Map<String, Object> parameters) {
    return lab.run(Kinds.prepare(kind, platform, parameters)).result();
  }
}
