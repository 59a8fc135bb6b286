package org.runwright.step;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.runwright.platform.FileProblem;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;
import org.runwright.platform.Platforms;
import org.runwright.ssh.Observation;
import org.runwright.ssh.Observation.Progress;
import org.runwright.ssh.Offsets;
import org.runwright.ssh.RemoteCommand;
import org.runwright.ssh.RemoteCommands;
import org.runwright.ssh.SshFailure;
import org.runwright.ssh.Token;
import org.runwright.step.StepResult.Verdict;

/** How the runner reads what a host says; the host itself is tested in the room ssh. */
class RemoteStepRunnerTest {

  private static final Platform PLATFORM = PlatformBuilder.aPlatform().build();
  private static final PreparedStep STEP =
      Kinds.prepare("run-command", PLATFORM, Map.of("command", "true"));
  private static final long LIMIT = 1 << 20;
  private static final byte[] NONE = {};
  private static final Optional<Instant> SENT = Optional.of(Instant.parse("2026-01-02T03:04:05Z"));

  @Test
  void a_running_step_hands_over_its_output() {
    StepProgress progress = observed(new Progress.Running(), "out", "err", true);

    assertThat(progress.out()).asString(UTF_8).isEqualTo("out");
    assertThat(progress.err()).asString(UTF_8).isEqualTo("err");
    assertThat(progress.result()).isEmpty();
  }

  @Test
  void no_result_before_all_output_is_handed_over() {
    assertThat(observed(new Progress.Exited(0, ""), "part", "", false).result()).isEmpty();
    assertThat(observed(new Progress.Exited(0, ""), "rest", "", true).result()).isPresent();
  }

  @Test
  void every_end_has_its_verdict() {
    assertThat(result(new Progress.Exited(0, "changed=false")).verdict())
        .isEqualTo(Verdict.SUCCEEDED);
    assertThat(result(new Progress.Exited(3, "")).verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result(new Progress.Lost("the host was started again")).verdict())
        .isEqualTo(Verdict.UNKNOWN);
    assertThat(result(new Progress.NeverBegan("no room")).verdict()).isEqualTo(Verdict.NEVER_BEGAN);
    assertThat(result(new Progress.Unclaimed()).verdict()).isEqualTo(Verdict.NEVER_BEGAN);
  }

  @Test
  void a_signal_is_told_and_what_was_known_of_change() {
    StepResult result = result(new Progress.Signalled("KILL", "changed=false\nchanged=unknown\n"));

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.signal()).contains("KILL");
    assertThat(result.exitCode()).isEmpty();
    assertThat(result.changed()).isEmpty();
  }

  @Test
  void a_host_that_forgot_what_had_begun_makes_it_unknown() {
    StepProgress progress =
        runner(
                new Answers(
                    new Observation(
                        new Progress.Unclaimed(), Offsets.START, bytes(""), bytes(""), true)))
            .observe("t", STEP, SENT, 5, 0);

    assertThat(progress.result().orElseThrow().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void a_launch_that_has_not_arrived_is_sent_again_under_the_same_token() {
    Answers host = answers(new Progress.Unclaimed(), "", "", true);
    host.launched =
        Optional.of(new Observation(new Progress.Running(), Offsets.START, NONE, NONE, true));

    StepProgress progress = runner(host).observe("t", STEP, SENT, 0, 0);

    assertThat(progress.result()).isEmpty();
    assertThat(host.firstSent).isEqualTo(SENT);
  }

  @Test
  void the_middle_of_much_output_is_not_even_asked_for() {
    Answers host = answers(new Progress.Running(), "", "", true);

    runner(host).observe("t", STEP, SENT, LIMIT / 2, LIMIT / 2 - 1);

    assertThat(host.lastWanted).isEqualTo(new Offsets(LIMIT / 2, 0));
  }

  @Test
  void a_jump_is_told_as_bytes_left_out() {
    Answers host = answers(new Progress.Running(), "", "", true);
    host.jumped =
        Optional.of(
            new Observation(new Progress.Running(), new Offsets(900, 7), bytes("o"), NONE, true));

    StepProgress progress = runner(host).observe("t", STEP, SENT, 300, 7);

    assertThat(progress.outSkipped()).isEqualTo(600);
    assertThat(progress.errSkipped()).isZero();
  }

  @Test
  void what_is_to_be_ended_is_not_sent_again() {
    Answers host = answers(new Progress.Unclaimed(), "", "", true);

    StepProgress progress = runner(host).observe("t", STEP, Optional.empty(), 0, 0);

    assertThat(progress.result().orElseThrow().verdict()).isEqualTo(Verdict.NEVER_BEGAN);
    assertThat(host.asked).isEqualTo(List.of("observe"));
  }

  @Test
  void a_failure_is_told_by_a_line_that_was_handed_over_before() {
    Answers host =
        new Answers(
            new Observation(
                new Progress.Exited(4, ""),
                Offsets.START,
                bytes(""),
                bytes("disk is full\n"),
                true));

    StepProgress progress = runner(host).observe("t", STEP, SENT, 0, 13);

    assertThat(progress.err()).isEmpty();
    assertThat(progress.result().orElseThrow().message()).isEqualTo("disk is full (exit code 4)");
  }

  @Test
  void an_ended_step_always_has_a_result_and_no_output() {
    StepProgress progress =
        runner(answers(new Progress.Running(), "x", "y", false))
            .end("t", STEP, Duration.ofSeconds(1));

    assertThat(progress.out()).isEmpty();
    assertThat(progress.err()).isEmpty();
    assertThat(progress.result().orElseThrow().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void a_host_that_cannot_be_asked_is_unavailable() {
    Answers host = answers(new Progress.Running(), "", "", true);
    host.failure = Optional.of(new SshFailure("wrong host key", true, false, null));

    assertThatThrownBy(() -> runner(host).launch("t", STEP, Optional.empty(), Duration.ZERO))
        .isInstanceOfSatisfying(
            HostUnavailable.class,
            e -> {
              assertThat(e.lasting()).isTrue();
              assertThat(e.perhapsSent()).isFalse();
            })
        .hasMessage("wrong host key");
  }

  @Test
  void a_host_that_left_the_inventory_is_lastingly_unavailable() {
    PreparedStep elsewhere =
        Kinds.prepare(
            "run-command",
            PlatformBuilder.aPlatform().on("db9").build(),
            Map.of("command", "true"));

    assertThatThrownBy(
            () ->
                runner(answers(new Progress.Running(), "", "", true))
                    .launch("t", elsewhere, Optional.empty(), Duration.ZERO))
        .isInstanceOfSatisfying(HostUnavailable.class, e -> assertThat(e.lasting()).isTrue())
        .hasMessageContaining("db9");
  }

  @Test
  void reports_are_read_whatever_they_hold() {
    Report report =
        Report.parse("\n=x\nnoise\nmessage=a=b\nchanged=true\nchanged=unknown\nbell=\u0007!\n");

    assertThat(report.values())
        .containsEntry("message", "a=b")
        .containsEntry("bell", "!")
        .doesNotContainKey("noise");
    assertThat(report.changed()).isEmpty();
    assertThat(Report.parse("x=1\n".repeat(10)).values()).hasSize(1);
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      many.append("k").append(i).append('=').append("v".repeat(10_000)).append('\n');
    }
    assertThat(Report.parse(many.toString()).values()).hasSize(50);
    assertThat(Report.parse(many.toString()).values().get("k0")).hasSizeLessThan(4100);
  }

  private static StepResult result(Progress progress) {
    return observed(progress, "", "", true).result().orElseThrow();
  }

  private static StepProgress observed(
      Progress progress, String out, String err, boolean complete) {
    return runner(answers(progress, out, err, complete))
        .launch("t", STEP, Optional.empty(), Duration.ZERO);
  }

  private static Answers answers(Progress progress, String out, String err, boolean complete) {
    return new Answers(new Observation(progress, Offsets.START, bytes(out), bytes(err), complete));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static StepRunner runner(Answers host) {
    Platforms platforms =
        new Platforms() {
          @Override
          public Platform current() {
            return PLATFORM;
          }

          @Override
          public List<FileProblem> problems() {
            return List.of();
          }
        };
    return new RemoteStepRunner(host, platforms, new OutputLimit(LIMIT));
  }

  /** A host that always says the same. */
  private static final class Answers implements RemoteCommands {

    private final Observation whole;
    private Optional<SshFailure> failure = Optional.empty();
    private Optional<Observation> launched = Optional.empty();
    private Optional<Observation> jumped = Optional.empty();
    private Optional<Instant> firstSent = Optional.empty();
    private Offsets lastWanted = Offsets.START;
    private final List<String> asked = new ArrayList<>();

    Answers(Observation whole) {
      this.whole = whole;
    }

    @Override
    public Observation launch(
        Host host, Token token, RemoteCommand command, Optional<Instant> first, Duration patience) {
      asked.add("launch");
      firstSent = first;
      return launched.orElseGet(() -> observe(host, token, Offsets.START, Offsets.START));
    }

    @Override
    public Observation observe(Host host, Token token, Offsets from, Offsets last) {
      asked.add("observe");
      lastWanted = last;
      if (failure.isPresent()) {
        throw failure.get();
      }
      if (jumped.isPresent()) {
        return jumped.get();
      }
      return new Observation(
          whole.progress(),
          from,
          after(whole.out(), from.out()),
          after(whole.err(), from.err()),
          whole.complete());
    }

    @Override
    public Observation end(Host host, Token token, boolean become, Duration grace) {
      return whole;
    }

    private static byte[] after(byte[] all, long offset) {
      int start = (int) Math.min(offset, all.length);
      return Arrays.copyOfRange(all, start, all.length);
    }
  }
}
