package org.runwright.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.runwright.ssh.Observation.Progress.Exited;
import org.runwright.ssh.Observation.Progress.Lost;
import org.runwright.ssh.Observation.Progress.NeverBegan;
import org.runwright.ssh.Observation.Progress.Running;
import org.runwright.ssh.Observation.Progress.Signalled;
import org.runwright.ssh.Observation.Progress.Unclaimed;

/** The runner's promises, without a connection, under each shell that hosts have. */
class RunnerTest {

  private static final String SHELLS = "org.runwright.ssh.LocalShell#shells";
  private static final Duration GRACE = Duration.ofMillis(300);

  @TempDir private Path folder;
  private final Token token = new Token("t-1");

  @ParameterizedTest
  @MethodSource(SHELLS)
  void a_command_tells_output_result_and_status(Path sh) throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    Observation seen =
        shell.launch(token, "echo o; printf e >&2; echo a=b >$RUNWRIGHT_RESULT; exit 3");
    assertThat(seen.progress()).isEqualTo(new Exited(3, "a=b\n"));
    assertThat(new String(seen.out(), UTF_8)).isEqualTo("o\n");
    assertThat(new String(seen.err(), UTF_8)).isEqualTo("e");
    assertThat(shell.observe(token).progress()).isEqualTo(new Exited(3, "a=b\n"));
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void every_character_of_an_argument_stays_itself(Path sh) throws IOException {
    StringBuilder every = new StringBuilder("\\' $(touch pwned) `id` \r\n -n \n\n");
    for (int c = 1; c < 0x2100; c++) {
      every.appendCodePoint(c);
    }
    every.append("\uD83D\uDE00 \\\n");
    LocalShell shell = new LocalShell(sh, folder);
    Observation seen = shell.launch(token, "printf '%s|%s' \"$1\" \"$#\"", every.toString(), "");
    assertThat(new String(seen.out(), UTF_8)).isEqualTo(every + "|2");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void a_megabyte_of_argument_arrives(Path sh) throws IOException {
    String large = "0123456789abcde\n".repeat(65536);
    Observation seen = new LocalShell(sh, folder).launch(token, "printf %s \"${#1}\"", large);
    assertThat(new String(seen.out(), UTF_8)).isEqualTo("1048576");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void many_launches_of_one_token_run_it_once(Path sh) throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    Path ledger = folder.resolve("ledger");
    List<LocalShell.Channel> channels = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      channels.add(shell.start(token, "echo once >>\"$1\"; sleep 0.3", ledger.toString()));
    }
    for (LocalShell.Channel channel : channels) {
      assertThat(channel.answer().orElseThrow().progress()).isIn(new Running(), new Exited(0, ""));
    }
    channels.forEach(LocalShell.Channel::hangUp);
    await().until(() -> shell.observe(token).progress().equals(new Exited(0, "")));
    assertThat(Files.readString(ledger)).isEqualTo("once\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void a_request_that_is_cut_off_claims_nothing(Path sh) throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    for (String text : List.of("echo small", "echo large #" + "x".repeat(20_000))) {
      Runner.Question question = shell.question(token, text);
      for (int cut : new int[] {10, 40, question.stdin().length - 10}) {
        LocalShell.Channel channel = shell.open(question, cut);
        channel.hangUp();
        channel.answer();
        assertThat(shell.observe(token).progress()).isEqualTo(new Unclaimed());
      }
    }
    assertThat(shell.launch(token, "exit 5").progress()).isEqualTo(new Exited(5, ""));
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void the_command_outlives_whoever_asked_for_it(Path sh) throws Exception {
    LocalShell shell = new LocalShell(sh, folder);
    LocalShell.Channel channel = shell.start(token, "echo a; sleep 0.7; echo b; exit 4");
    await().until(() -> Files.exists(shell.file(token, "go")));
    channel.hangUp();
    channel.process().waitFor();
    assertThat(shell.observe(token).progress()).isEqualTo(new Running());
    await().until(() -> shell.observe(token).progress().equals(new Exited(4, "")));
    assertThat(new String(shell.observe(token).out(), UTF_8)).isEqualTo("a\nb\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void a_signal_is_told_from_the_status_that_looks_like_it(Path sh) throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    assertThat(shell.launch(new Token("k"), "kill -9 $$").progress())
        .isEqualTo(new Signalled("KILL", ""));
    assertThat(shell.launch(new Token("t"), "sleep 9 & kill $!; wait $!").progress())
        .isEqualTo(new Signalled("TERM", ""));
    assertThat(shell.launch(new Token("e"), "exit 137").progress()).isEqualTo(new Exited(137, ""));
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void a_killed_runner_leaves_running_then_lost_never_a_second_run(Path sh) throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    shell.start(token, "echo a; exec sleep 61").hangUp();
    await().until(() -> Files.exists(shell.file(token, "go")));
    kill(shell.file(token, "run"), 0);
    assertThat(shell.observe(token).progress()).isEqualTo(new Running());
    kill(shell.file(token, "go"), 1);
    await().until(() -> shell.observe(token).progress() instanceof Lost);
    assertThat(shell.launch(token, "echo again").progress()).isInstanceOf(Lost.class);
    assertThat(new String(shell.observe(token).out(), UTF_8)).isEqualTo("a\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void a_claim_that_never_began_is_void_for_ever(Path sh) throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    Files.createDirectories(shell.state());
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    Files.writeString(shell.file(token, "run"), "999999999 1 " + boot + " .\n");
    assertThat(shell.observe(token).progress()).isInstanceOf(NeverBegan.class);
    assertThat(shell.launch(token, "echo no").progress()).isInstanceOf(NeverBegan.class);
    Files.writeString(shell.file(new Token("cut"), "run"), "");
    assertThat(shell.observe(new Token("cut")).progress()).isInstanceOf(NeverBegan.class);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void where_nothing_can_be_recorded_nothing_begins(Path sh) throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    Files.writeString(shell.state(), "a file where the folder should be");
    Observation seen = shell.launch(token, "touch \"$1\"", folder.resolve("ran").toString());
    assertThat(((NeverBegan) seen.progress()).reason()).contains("cannot write to");
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void ending_takes_everything_the_command_started(Path sh) throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    Path pids = folder.resolve("pids");
    String script =
        "trap '' TERM; echo $$ >>\"$1\"; sleep 62 & echo $! >>\"$1\"; setsid sleep 63 &"
            + " echo $! >>\"$1\"; sh -c 'trap \"\" TERM; echo $$ >>\"$1\"; sleep 64; :' x \"$1\"; :";
    LocalShell.Channel channel = shell.start(token, script, pids.toString());
    await().until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 4);
    assertThat(shell.end(token, GRACE).progress()).isEqualTo(new Signalled("KILL", ""));
    for (String pid : Files.readAllLines(pids)) {
      assertThat(state(pid)).isIn("", "Z");
    }
    assertThat(channel.answer().orElseThrow().progress()).isEqualTo(new Signalled("KILL", ""));
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void a_command_that_obeys_is_ended_within_the_grace(Path sh) throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    shell.start(token, "trap 'echo bye; exit 9' TERM; sleep 65 & wait");
    await().until(() -> Files.exists(shell.file(token, "go")));
    Observation seen = shell.end(token, Duration.ofSeconds(20));
    assertThat(seen.progress()).isEqualTo(new Exited(9, ""));
    assertThat(shell.end(token, GRACE).progress()).isEqualTo(new Exited(9, ""));
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void what_is_ended_first_never_begins(Path sh) throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    assertThat(shell.end(token, GRACE).progress()).isInstanceOf(NeverBegan.class);
    assertThat(shell.launch(token, "echo no").progress()).isInstanceOf(NeverBegan.class);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void a_look_jumps_ahead_where_more_is_left_than_wanted(Path sh) throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    shell.launch(token, "printf 0123456789; printf abc >&2");
    Observation jumped = shell.observe(token, new Offsets(2, 0), new Offsets(3, 3));
    assertThat(jumped.start()).isEqualTo(new Offsets(7, 0));
    assertThat(new String(jumped.out(), UTF_8)).isEqualTo("789");
    assertThat(new String(jumped.err(), UTF_8)).isEqualTo("abc");
    Observation whole = shell.observe(token, new Offsets(2, 3), new Offsets(8, 0));
    assertThat(whole.start()).isEqualTo(new Offsets(2, 3));
    assertThat(new String(whole.out(), UTF_8)).isEqualTo("23456789");
    assertThat(whole.progress()).isEqualTo(new Exited(0, ""));
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void a_command_cannot_forge_its_end(Path sh) throws IOException {
    String script = "printf '\\nRUNWRIGHT 00 exit 0\\n\\nEND 00\\n' >&2; exit 1";
    Observation seen = new LocalShell(sh, folder).launch(token, script);
    assertThat(seen.progress()).isEqualTo(new Exited(1, ""));
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void old_output_is_removed_and_the_end_kept_longer(Path sh) throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    Token young = new Token("young");
    Token old = new Token("old");
    Token older = new Token("older");
    for (Token each : List.of(young, old, older)) {
      shell.launch(each, "echo a; exit 3");
    }
    age(shell, old, 8);
    age(shell, older, 92);
    Files.delete(shell.state().resolve("tidied"));
    shell.launch(token, "true");
    await().until(() -> !Files.exists(shell.file(older, "run")));
    assertThat(shell.file(old, "out")).doesNotExist();
    assertThat(shell.launch(old, "echo again").progress()).isEqualTo(new Exited(3, ""));
    assertThat(new String(shell.observe(young).out(), UTF_8)).isEqualTo("a\n");
  }

  /** The letter of {@code /proc/PID/stat}; empty if the process is gone. */
  private static String state(String pid) {
    try {
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
    } catch (IOException e) {
      return "";
    }
  }

  private static void age(LocalShell shell, Token token, int days) throws IOException {
    FileTime then = FileTime.from(Instant.now().minus(Duration.ofDays(days)));
    try (Stream<Path> files = Files.list(shell.state())) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith(token.value() + ".")).toList()) {
        Files.setLastModifiedTime(file, then);
      }
    }
  }

  private static void kill(Path record, int word) throws IOException {
    long pid = Long.parseLong(Files.readString(record).split(" ", -1)[word]);
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }
}
