package org.runwright.step;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.runwright.platform.Host;
import org.runwright.platform.Platforms;
import org.runwright.ssh.Observation;
import org.runwright.ssh.Observation.Progress;
import org.runwright.ssh.Offsets;
import org.runwright.ssh.RemoteCommand;
import org.runwright.ssh.RemoteCommands;
import org.runwright.ssh.SshFailure;
import org.runwright.ssh.Token;
import org.springframework.stereotype.Component;

/** Runs steps over SSH. */
@Component
class RemoteStepRunner implements StepRunner {

  /** How much of standard error is read again to tell why a command failed. */
  private static final int TAIL = 4096;

  private static final byte[] NOTHING = {};

  private final RemoteCommands commands;
  private final Platforms platforms;
  private final OutputLimit limit;

  RemoteStepRunner(RemoteCommands commands, Platforms platforms, OutputLimit limit) {
    this.commands = commands;
    this.limit = limit;
    this.platforms = platforms;
  }

  @Override
  public StepProgress launch(
      String token, PreparedStep step, Optional<Instant> firstSent, Duration patience) {
    return ask(
        step,
        host -> {
          Observation seen =
              commands.launch(host, new Token(token), command(step), firstSent, patience);
          return progress(host, token, seen, Offsets.START);
        });
  }

  @Override
  public StepProgress observe(
      String token,
      PreparedStep step,
      Optional<Instant> firstSent,
      long outOffset,
      long errOffset) {
    Offsets from = new Offsets(outOffset, errOffset);
    return ask(
        step,
        host -> {
          Observation seen = commands.observe(host, new Token(token), from, last(from));
          boolean arrived = !(seen.progress() instanceof Progress.Unclaimed);
          if (!arrived && firstSent.isPresent() && from.equals(Offsets.START)) {
            seen = commands.launch(host, new Token(token), command(step), firstSent, Duration.ZERO);
          }
          return progress(host, token, seen, from);
        });
  }

  private static RemoteCommand command(PreparedStep step) {
    return new RemoteCommand(step.script(), step.arguments(), step.become());
  }

  @Override
  public StepProgress end(String token, PreparedStep step, Duration grace) {
    return ask(
        step,
        host -> {
          Observation left = commands.end(host, new Token(token), step.become(), grace);
          StepResult result = Outcome.of(left.progress(), left.err(), false);
          return new StepProgress(NOTHING, NOTHING, Optional.of(result));
        });
  }

  private StepProgress progress(Host host, String token, Observation seen, Offsets from) {
    boolean ended = !(seen.progress() instanceof Progress.Running);
    if (!ended || !seen.complete()) {
      return progress(seen, from, Optional.empty());
    }
    boolean begun = from.out() > 0 || from.err() > 0;
    StepResult result = Outcome.of(seen.progress(), tail(host, token, seen, from), begun);
    return progress(seen, from, Optional.of(result));
  }

  private static StepProgress progress(
      Observation seen, Offsets from, Optional<StepResult> result) {
    return new StepProgress(
        seen.start().out() - from.out(),
        seen.out(),
        seen.start().err() - from.err(),
        seen.err(),
        !seen.complete(),
        result);
  }

  /** Once the first half of what is kept has come, only the other half is of use. */
  private Offsets last(Offsets from) {
    return new Offsets(limit.wanted(from.out()), limit.wanted(from.err()));
  }

  /** A failure without a message of its own is told by the last line, handed over before or not. */
  private byte[] tail(Host host, String token, Observation seen, Offsets from) {
    boolean wanted =
        seen.progress() instanceof Progress.Exited exited
            && exited.code() != 0
            && Report.parse(exited.result()).message().isEmpty();
    long start = seen.start().err();
    if (!wanted || seen.err().length >= TAIL || start == 0) {
      return seen.err();
    }
    long end = start + seen.err().length;
    Offsets again = new Offsets(seen.start().out() + seen.out().length, Math.max(0, end - TAIL));
    return commands.observe(host, new Token(token), again).err();
  }

  private StepProgress ask(PreparedStep step, Function<Host, StepProgress> question) {
    Host host =
        platforms
            .current()
            .inventory()
            .host(step.host())
            .orElseThrow(
                () ->
                    new HostUnavailable(
                        "host "
                            + step.host()
                            + " is no longer in the inventory; put it back, then retry",
                        true,
                        null));
    try {
      return question.apply(host);
    } catch (SshFailure e) {
      throw new HostUnavailable(String.valueOf(e.getMessage()), e.lasting(), e.perhapsSent(), e);
    }
  }
}
