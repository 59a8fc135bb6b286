package org.runwright.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.runwright.step.StepResult.Verdict;

/** The scripts about a host's lock, its restart, and its balancer, in every shell there is here. */
class PatchScriptsTest {

  private static final String OTHER_BOOT = "00000000-0000-0000-0000-000000000000";
  private static final Map<String, Object> APP = Map.of("server", "app1", "limit", "PT0.4S");

  /** HAProxy's runtime socket: a server app1, another app2, what was told in a file. */
  private static final String HAPROXY =
      """
      read -r command
      admin=$(cat "$FOLDER/admin" 2>/dev/null || echo 0)
      case $command in
        'show stat')
          status=UP
          [ "$admin" = 0 ] || status=DRAIN
          [ ! -e "$FOLDER/down" ] || status=DOWN
          echo '# pxname,svname,qcur,qmax,scur,smax,slim,stot,bin,bout,dreq,dresp,ereq,econ,eresp,wretr,wredis,status'
          echo "crm,app1,0,0,$(cat "$FOLDER/sessions" 2>/dev/null || echo 0),1,,9,0,0,,0,,0,0,0,0,$status,1"
          echo "crm,app2,0,0,0,1,,9,0,0,,0,,0,0,0,0,$(cat "$FOLDER/app2" 2>/dev/null || echo UP),1"
          echo 'crm,BACKEND,0,0,0,1,,9,0,0,,0,,0,0,0,0,UP,1' ;;
        'show servers state crm')
          op=2
          [ ! -e "$FOLDER/down" ] || op=0
          echo 1
          echo "3 crm 1 app1 10.0.0.1 $op $admin 1 1 9 6 3 4 6 0 0 0 - 8080 - 0 0 - - 0" ;;
        'set server crm/app1 state drain') echo 8 >"$FOLDER/admin"; echo drain >>"$FOLDER/told" ;;
        'set server crm/app1 state ready') echo 0 >"$FOLDER/admin"; echo ready >>"$FOLDER/told" ;;
        *) echo "Unknown command: $command" ;;
      esac
      """;

  @TempDir Path folder;

  static Stream<List<String>> shells() {
    return LocalShell.all();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_host_is_locked_by_one_run_only(List<String> shell) {
    PatchHost host = new PatchHost(shell, folder);

    succeeded(host.run("lock-host", Map.of("about", "Patch 'hosts'\nof all")), true);
    succeeded(host.run("lock-host", Map.of()), false);
    failed(host.run("lock-host", Map.of("owner", "run-2")), "run-1 has locked this host");
    failed(host.run("unlock-host", Map.of("owner", "run-2")), "left locked");
    failed(host.run("note-packages", Map.of("owner", "run-2")), "locked by run-1, not by this run");
    succeeded(host.run("unlock-host", Map.of()), true);
    succeeded(host.run("unlock-host", Map.of()), false);
    assertThat(host.state()).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_host_is_restarted_once_however_often_it_is_asked_for(List<String> shell) {
    PatchHost host = new PatchHost(shell, folder);
    host.program("apt-get", ":");
    host.program("setsid", "printf '%s\\n' \"$*\" >>\"$FOLDER/ordered\"");
    host.run("lock-host", Map.of());

    LocalShell.Ended again =
        host.run("reboot-host", Map.of("boot-id", OTHER_BOOT, "reboot", "always"));

    succeeded(again, false);
    assertThat(again.result().values()).containsEntry("rebooting", "true");
    assertThat(host.lines("ordered")).isEmpty();

    LocalShell.Ended first = host.run("reboot-host", Map.of("boot-id", boot(), "reboot", "always"));

    succeeded(first, true);
    assertThat(first.result().values()).containsEntry("rebooting", "true");
    org.awaitility.Awaitility.await().until(() -> host.lines("ordered").size() == 1);
    assertThat(host.lines("ordered").get(0)).startsWith("sh -c sleep 3; ");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void the_wait_for_a_restarted_host_tells_the_old_boot_from_the_new_one(List<String> shell) {
    PatchHost host = new PatchHost(shell, folder);
    host.program("systemctl", "echo running");

    succeeded(host.run("await-host", Map.of("boot-id", OTHER_BOOT, "hold", "PT1S")), false);

    PreparedStep step = host.prepare("await-host", Map.of("boot-id", boot()), Map.of());
    List<String> impatient = new java.util.ArrayList<>(step.arguments());
    impatient.set(3, "1");
    PreparedStep old =
        new PreparedStep(
            step.kind(),
            step.title(),
            step.host(),
            step.service(),
            step.script(),
            impatient,
            false,
            step.timeLimit(),
            true,
            step.undo());
    failed(new LocalShell(shell, folder).run(old), "has not been restarted yet");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_server_is_drained_and_put_back(List<String> shell) {
    PatchHost host = new PatchHost(shell, folder);
    host.program("socat", HAPROXY);

    succeeded(host.run("drain-host", APP), true);
    succeeded(host.run("drain-host", APP), false);
    failed(
        host.run("drain-host", with("owner", "run-2")),
        "is out of rotation already (DRAIN), by run-1");
    failed(host.run("undrain-host", with("owner", "run-2")), "left as it was");
    succeeded(host.run("undrain-host", APP), true);
    succeeded(host.run("undrain-host", APP), false);
    assertThat(host.lines("told")).containsExactly("drain", "ready");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void what_somebody_else_drained_is_left_to_them(List<String> shell) {
    PatchHost host = new PatchHost(shell, folder);
    host.program("socat", HAPROXY);
    host.write("admin", "1\n");

    failed(host.run("drain-host", APP), "by somebody else");
    failed(host.run("undrain-host", APP), "by somebody else");
    assertThat(host.lines("told")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_drain_that_leaves_too_few_servers_is_refused(List<String> shell) {
    PatchHost host = new PatchHost(shell, folder);
    host.program("socat", HAPROXY);
    host.write("app2", "DOWN\n");

    failed(host.run("drain-host", APP), "only 0 healthy servers of crm would be left");
    assertThat(host.lines("told")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void sessions_are_waited_for_no_longer_than_the_limit(List<String> shell) {
    PatchHost host = new PatchHost(shell, folder);
    host.program("socat", HAPROXY);
    host.write("sessions", "3\n");

    LocalShell.Ended ended = host.run("drain-host", APP);

    succeeded(ended, true);
    assertThat(ended.result().message()).contains("3 sessions are still open after 1 s");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void an_unhealthy_server_stays_drained_and_that_is_said(List<String> shell) {
    PatchHost host = new PatchHost(shell, folder);
    host.program("socat", HAPROXY);
    host.run("drain-host", APP);
    host.write("down", "");

    LocalShell.Ended ended = host.run("undrain-host", APP);

    failed(ended, "left drained: HAProxy's check of crm/app1 does not hold");
    assertThat(ended.result().values()).containsEntry("left-drained", "crm/app1");
    assertThat(host.lines("told")).containsExactly("drain");
  }

  @Test
  void an_answer_that_is_none_is_told() {
    PatchHost host = new PatchHost(List.of("sh"), folder);
    host.program("socat", "echo 'Permission denied'");

    failed(host.run("drain-host", APP), "Permission denied");
  }

  @Test
  void the_one_undoes_the_other() {
    PatchHost host = new PatchHost(List.of("sh"), folder);

    assertThat(undo(host, "drain-host", APP)).isEqualTo("undrain-host");
    assertThat(undo(host, "undrain-host", APP)).isEqualTo("drain-host");
    assertThat(undo(host, "lock-host", Map.of())).isEqualTo("unlock-host");
    assertThat(undo(host, "unlock-host", Map.of())).isEqualTo("lock-host");
    assertThat(undo(host, "note-packages", Map.of())).isEqualTo("forget-packages");
    assertThat(undo(host, "update-packages", Map.of())).isEqualTo("put-back-packages");
  }

  @Test
  void wrong_parameters_are_refused() {
    PatchHost host = new PatchHost(List.of("sh"), folder);

    refused(host, "drain-host", Map.of("server", "lb1"), "no service on host lb1 has a pool");
    refused(host, "drain-host", Map.of("server", "app1", "limit", "30"), "ISO 8601 duration");
    refused(host, "lock-host", Map.of("owner", "a/../b"), "the id of a run");
    refused(host, "reboot-host", Map.of("boot-id", "; reboot"), "is not the boot id");
    refused(host, "update-packages", Map.of("update", "packages"), "names what");
    refused(
        host,
        "update-packages",
        Map.of("update", "packages", "packages", List.of("-o=x")),
        "is not the name of a package");
  }

  private static String undo(PatchHost host, String kind, Map<String, Object> parameters) {
    StepRequest undo = host.prepare(kind, parameters, Map.of()).undo().orElseThrow();
    Kinds.ALL.named(undo.kind()).prepare(undo, PatchHost.platform(Map.of()));
    return undo.kind();
  }

  private static void refused(
      PatchHost host, String kind, Map<String, Object> parameters, String why) {
    assertThatThrownBy(() -> host.prepare(kind, parameters, Map.of()))
        .isInstanceOf(StepRefused.class)
        .hasMessageContaining(why);
  }

  private static Map<String, Object> with(String name, String value) {
    return Map.of("server", "app1", "limit", "PT0.4S", name, value);
  }

  private static String boot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void succeeded(LocalShell.Ended ended, boolean changed) {
    assertThat(ended.result().verdict())
        .as(ended.result().message() + "\n" + ended.err())
        .isEqualTo(Verdict.SUCCEEDED);
    assertThat(ended.result().changed()).as(ended.result().message()).contains(changed);
  }

  private static void failed(LocalShell.Ended ended, String why) {
    assertThat(ended.result().verdict()).as(ended.out()).isEqualTo(Verdict.FAILED);
    assertThat(ended.result().message()).contains(why);
  }
}
