package org.runwright.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.runwright.ssh.Observation.Progress.Exited;
import org.runwright.ssh.Observation.Progress.Lost;
import org.runwright.ssh.Observation.Progress.Unclaimed;

/** What the runner says of a token after its host was restarted. */
class RestartedHostTest {

  private static final String SHELLS = "org.runwright.ssh.LocalShell#shells";

  @TempDir private Path folder;
  private final Token token = new Token("t-1");

  @ParameterizedTest
  @MethodSource(SHELLS)
  void a_host_that_restarted_in_between_says_lost(Path sh) throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    Files.createDirectories(shell.state());
    long self = ProcessHandle.current().pid();
    Files.writeString(shell.file(token, "run"), self + " 1 another-boot .\n");
    Files.writeString(shell.file(token, "go"), "run " + self + " 1 .\n");
    assertThat(((Lost) shell.observe(token).progress()).reason()).contains("restarted");
    Files.writeString(shell.file(token, "rc"), "exit 7 .\n");
    assertThat(shell.observe(token).progress()).isEqualTo(new Exited(7, ""));
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void a_host_that_restarted_since_the_first_try_may_have_lost_the_claim(Path sh)
      throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    Duration up = upTime();
    Observation seen = shell.launchAgain(token, up.plusSeconds(5), "touch " + folder + "/ran");
    assertThat(((Lost) seen.progress()).reason()).contains("restarted since").contains("lost");
    Observation almost =
        shell.launchAgain(
            token, up.minus(Runner.ON_THE_WAY).plusSeconds(5), "touch " + folder + "/ran");
    assertThat(almost.progress()).as("it may have been on its way").isInstanceOf(Lost.class);
    assertThat(folder.resolve("ran")).doesNotExist();
    assertThat(shell.observe(token).progress()).isEqualTo(new Unclaimed());
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void a_host_that_was_up_all_the_time_runs_what_never_reached_it(Path sh) throws IOException {
    // A machine that was started a minute ago cannot show it: there every host counts as restarted.
    assumeThat(upTime()).isGreaterThan(Runner.ON_THE_WAY.plusSeconds(10));
    LocalShell shell = new LocalShell(sh, folder);
    assertThat(shell.launchAgain(token, Duration.ofSeconds(1), "exit 4").progress())
        .isEqualTo(new Exited(4, ""));
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void a_claim_that_outlived_the_restart_says_how_it_ended(Path sh) throws IOException {
    LocalShell shell = new LocalShell(sh, folder);
    shell.launch(token, "exit 6");
    assertThat(shell.launchAgain(token, upTime().plusDays(1), "exit 7").progress())
        .isEqualTo(new Exited(6, ""));
  }

  private static Duration upTime() throws IOException {
    String text = Files.readString(Path.of("/proc/uptime"));
    return Duration.ofSeconds(Long.parseLong(text.substring(0, text.indexOf('.'))));
  }
}
