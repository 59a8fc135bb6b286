package org.runwright.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.runwright.platform.Become;
import org.runwright.platform.Credential;
import org.runwright.platform.Host;
import org.runwright.platform.Jump;
import org.runwright.platform.Login;
import org.runwright.ssh.Observation.Progress.Exited;
import org.runwright.ssh.Observation.Progress.NeverBegan;
import org.runwright.ssh.Observation.Progress.Running;
import org.runwright.ssh.Observation.Progress.Signalled;
import org.runwright.ssh.Observation.Progress.Unclaimed;

/** Against real OpenSSH, real sudo and a real process table. */
@Tag("lab")
class RemoteCommandsLabTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static SshRemoteCommands commands;

  private final Host host = LabHosts.ops(LabHosts.DB);
  private final Token token = new Token("t-" + UUID.randomUUID());

  @BeforeAll
  static void open() {
    commands = LabHosts.commands(LabHosts.settings(LabHosts.KNOWN_HOSTS));
  }

  @AfterAll
  static void close() {
    commands.destroy();
  }

  @Test
  void a_command_runs_and_tells_its_output_and_its_end() {
    Observation seen = launch("echo out; echo err >&2; exit 3");
    assertThat(seen.progress()).isEqualTo(new Exited(3, ""));
    assertThat(text(seen.out())).isEqualTo("out\n");
    assertThat(text(seen.err())).isEqualTo("err\n");
    assertThat(seen.complete()).isTrue();
  }

  @Test
  void a_second_launch_only_looks() {
    launch("echo once");
    Observation seen = launch("echo twice");
    assertThat(text(seen.out())).isEqualTo("once\n");
  }

  @Test
  void arguments_stay_what_they_are() {
    String evil = "a b'; touch pwned; $(id) `id` \"\\\n*é ぁ \u0001";
    RemoteCommand command =
        new RemoteCommand("printf '%s|%s' \"$1\" \"$2\"", List.of(evil, ""), true);
    assertThat(text(commands.launch(host, token, command, Optional.empty(), PATIENCE).out()))
        .isEqualTo(evil + "|");
  }

  @Test
  void a_megabyte_of_text_is_no_trouble() {
    String large = "x'\n".repeat(350_000);
    RemoteCommand command = new RemoteCommand("printf %s \"$1\"", List.of(large), false);
    Observation seen = commands.launch(host, token, command, Optional.empty(), PATIENCE);
    assertThat(seen.progress()).isEqualTo(new Exited(0, ""));
    assertThat(seen.complete()).isFalse();
    Observation rest =
        commands.observe(host, token, new Offsets(seen.out().length, seen.err().length));
    assertThat(text(seen.out()) + text(rest.out())).isEqualTo(large);
    assertThat(rest.complete()).isTrue();
  }

  @Test
  void a_command_under_sudo_is_root_and_reads_nothing() {
    RemoteCommand command =
        new RemoteCommand("id -u; cat; echo changed=true >\"$RUNWRIGHT_RESULT\"", List.of(), true);
    Observation seen = commands.launch(host, token, command, Optional.empty(), PATIENCE);
    assertThat(seen.progress()).isEqualTo(new Exited(0, "changed=true\n"));
    assertThat(text(seen.out())).isEqualTo("0\n");
  }

  @Test
  void a_sudo_password_reaches_sudo_alone() {
    RemoteCommand command =
        new RemoteCommand("id -u; cat; env; cat /proc/self/cmdline", List.of(), true);
    Observation seen =
        commands.launch(
            LabHosts.deploy(LabHosts.DB, "deploy-secret"),
            token,
            command,
            Optional.empty(),
            PATIENCE);
    assertThat(seen.progress()).isEqualTo(new Exited(0, ""));
    assertThat(text(seen.out())).startsWith("0\n").doesNotContain("deploy-secret");
  }

  @Test
  void another_user_than_root_leaves_a_result_and_can_be_ended() {
    Host deploy =
        LabHosts.host(
            LabHosts.DB,
            22,
            LabHosts.key("ops"),
            Optional.of(new Become("deploy", Optional.empty())));
    RemoteCommand command =
        new RemoteCommand("id -un; echo changed=true >\"$RUNWRIGHT_RESULT\"", List.of(), true);
    Observation seen = commands.launch(deploy, token, command, Optional.empty(), PATIENCE);
    assertThat(seen.progress()).isEqualTo(new Exited(0, "changed=true\n"));
    assertThat(text(seen.out())).isEqualTo("deploy\n");
    assertThat(text(seen.err())).isEmpty();

    Token second = new Token("t-" + UUID.randomUUID());
    RemoteCommand stubborn = new RemoteCommand("trap '' TERM; sleep 304; :", List.of(), true);
    commands.launch(deploy, second, stubborn, Optional.empty(), Duration.ofSeconds(1));
    Observation end = commands.end(deploy, second, true, Duration.ofMillis(500));
    assertThat(end.progress()).isEqualTo(new Signalled("KILL", ""));
    assertThat(text(relaunch("pgrep -fc '[s]leep 304'").out())).isEqualTo("0\n");
  }

  @Test
  void a_user_whom_sudo_does_not_let_in_begins_nothing() {
    Host refused =
        LabHosts.host(
            LabHosts.DB,
            22,
            LabHosts.password("deploy", "deploy-secret"),
            Optional.of(new Become("root", Optional.empty())));
    RemoteCommand command = new RemoteCommand("echo began", List.of(), true);
    Observation seen = commands.launch(refused, token, command, Optional.empty(), PATIENCE);
    assertThat(((NeverBegan) seen.progress()).reason()).contains("sudo on the host refused");
    assertThat(text(seen.out())).isEmpty();
  }

  @Test
  void a_key_with_a_passphrase_and_a_jump_reach_the_host() {
    Login login =
        new Login(
            "ops",
            Optional.of(LabHosts.STATE.resolve("keys/id_passphrase")),
            Optional.of(new Credential("lab-passphrase")),
            Optional.empty());
    Host far =
        LabHosts.host(LabHosts.APP, 22, login, Optional.empty(), new Jump("ops", LabHosts.DB, 22));
    Observation seen =
        commands.launch(
            far,
            token,
            new RemoteCommand("echo $SSH_CLIENT", List.of(), false),
            Optional.empty(),
            PATIENCE);
    assertThat(text(seen.out())).startsWith(LabHosts.DB + " ");
  }

  @Test
  void on_a_full_disk_nothing_begins_and_a_running_command_keeps_its_end() {
    String full = "/var/tmp/full-" + UUID.randomUUID();
    String mount = "mkdir $1 && mount -t tmpfs -o size=64k,mode=777 none $1";
    root(mount, full);
    SshProperties usual = LabHosts.settings(LabHosts.KNOWN_HOSTS);
    SshRemoteCommands small = LabHosts.commands(LabHosts.stateIn(usual, full + "/state"));
    try {
      RemoteCommand filling =
          new RemoteCommand("cat /dev/zero >$1/fill; echo more; exit 6", List.of(full), false);
      Observation seen = small.launch(host, token, filling, Optional.empty(), PATIENCE);
      assertThat(seen.progress()).isEqualTo(new Exited(6, ""));
      Token second = new Token("t-" + UUID.randomUUID());
      RemoteCommand touch = new RemoteCommand("touch /tmp/$1", List.of(second.value()), false);
      Observation refused = small.launch(host, second, touch, Optional.empty(), PATIENCE);
      assertThat(refused.progress()).isInstanceOf(NeverBegan.class);
      assertThat(text(root("ls /tmp/$1 2>&1", second.value()).out())).contains("No such file");
    } finally {
      small.destroy();
      root("umount $1; rmdir $1", full);
    }
  }

  private Observation root(String script, String argument) {
    Token fresh = new Token("t-" + UUID.randomUUID());
    return commands.launch(
        host,
        fresh,
        new RemoteCommand(script, List.of(argument), true),
        Optional.empty(),
        PATIENCE);
  }

  @Test
  void a_wrong_sudo_password_is_told_and_nothing_begins() {
    RemoteCommand command = new RemoteCommand("echo began", List.of(), true);
    Observation seen =
        commands.launch(
            LabHosts.deploy(LabHosts.DB, "wrong"), token, command, Optional.empty(), PATIENCE);
    assertThat(seen.progress()).isInstanceOf(NeverBegan.class);
    assertThat(((NeverBegan) seen.progress()).reason()).contains("refused the become password");
  }

  @Test
  void the_signal_that_ended_a_command_is_told_from_a_status() {
    assertThat(launch("kill -9 $$").progress()).isEqualTo(new Signalled("KILL", ""));
    assertThat(relaunch("exit 137").progress()).isEqualTo(new Exited(137, ""));
    assertThat(relaunch("sh -c 'kill $$'").progress()).isEqualTo(new Signalled("TERM", ""));
  }

  @Test
  void the_signal_is_told_through_sudo_as_well() {
    for (String script : List.of("kill -9 $$", "exit 137", "kill -TERM $$", "exit 143")) {
      RemoteCommand command = new RemoteCommand(script, List.of(), true);
      Token fresh = new Token("t-" + UUID.randomUUID());
      Observation seen = commands.launch(host, fresh, command, Optional.empty(), PATIENCE);
      assertThat(seen.progress())
          .as(script)
          .isEqualTo(
              switch (script) {
                case "kill -9 $$" -> new Signalled("KILL", "");
                case "exit 137" -> new Exited(137, "");
                case "kill -TERM $$" -> new Signalled("TERM", "");
                default -> new Exited(143, "");
              });
    }
  }

  @Test
  void a_long_command_outlives_the_patience_and_is_ended_with_all_it_started() {
    for (boolean become : List.of(false, true)) {
      Token fresh = new Token("t-" + UUID.randomUUID());
      String script =
          "trap '' TERM; echo a; sh -c \"trap '' TERM; sleep 301; sleep 302\"; sleep 303";
      Observation seen =
          commands.launch(
              host,
              fresh,
              new RemoteCommand(script, List.of(), become),
              Optional.empty(),
              Duration.ofMillis(500));
      assertThat(seen.progress()).isEqualTo(new Running());
      Observation later = commands.observe(host, fresh, Offsets.START);
      assertThat(later.progress()).isEqualTo(new Running());
      assertThat(text(later.out())).isEqualTo("a\n");
      Observation end = commands.end(host, fresh, become, Duration.ofSeconds(1));
      assertThat(end.progress()).isEqualTo(new Signalled("KILL", ""));
      assertThat(text(relaunch("pgrep -fc '[s]leep 30[123]'").out())).isEqualTo("0\n");
    }
  }

  @Test
  void what_was_ended_before_it_began_never_begins() {
    assertThat(commands.observe(host, token, Offsets.START).progress()).isEqualTo(new Unclaimed());
    assertThat(commands.end(host, token, false, Duration.ofSeconds(1)).progress())
        .isInstanceOf(NeverBegan.class);
    assertThat(launch("echo no").progress()).isInstanceOf(NeverBegan.class);
  }

  private Observation launch(String script) {
    return commands.launch(
        host, token, new RemoteCommand(script, List.of(), false), Optional.empty(), PATIENCE);
  }

  private Observation relaunch(String script) {
    Token fresh = new Token("t-" + UUID.randomUUID());
    return commands.launch(
        host, fresh, new RemoteCommand(script, List.of(), false), Optional.empty(), PATIENCE);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
