package org.runwright.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.runwright.run.Step;
import org.runwright.run.StepClaim;
import org.runwright.run.StepOutput;
import org.runwright.step.HostUnavailable;
import org.runwright.step.StepProgress;
import org.runwright.step.StepResult;
import org.runwright.step.StepRunner;

/** A step that the model has given up: its command is ended on the host. */
class EndingStep implements DrivenStep {

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int MOST_LOOKS = 64;

  private final StepLedger.Taken taken;
  private final Step step;
  private final StepRunner runner;
  private final StepLedger ledger;
  private final WorkerProperties settings;
  private final Clock clock;
  private final Instant since;

  EndingStep(
      StepLedger.Taken taken,
      StepRunner runner,
      StepLedger ledger,
      WorkerProperties settings,
      Clock clock) {
    this.taken = taken;
    this.step = taken.step();
    this.runner = runner;
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
    this.since = clock.instant();
  }

  @Override
  public StepClaim claim() {
    return taken.claim();
  }

  @Override
  public Optional<Duration> look() {
    try {
      StepProgress ended = runner.end(step.id(), step.prepared(), settings.endGrace());
      keepRest();
      ledger.endGivenUp(taken, ended.result().orElseThrow());
      return Optional.empty();
    } catch (HostUnavailable e) {
      if (e.lasting() || since.plus(settings.reachWithin()).isBefore(clock.instant())) {
        ledger.endGivenUp(taken, unknown("could not be ended: " + e.getMessage()));
        return Optional.empty();
      }
      return Optional.of(PAUSE);
    }
  }

  private void keepRest() {
    StepOutput.Kept kept = new StepOutput.Kept(step.outBytes(), step.errBytes());
    for (int look = 0; look < MOST_LOOKS; look++) {
      StepProgress rest =
          runner.observe(step.id(), step.prepared(), Optional.empty(), kept.out(), kept.err());
      kept = ledger.keep(taken, kept, rest);
      if (rest.result().isPresent()) {
        return;
      }
    }
  }

  private static StepResult unknown(String message) {
    return new StepResult(
        StepResult.Verdict.UNKNOWN,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        message,
        Map.of());
  }
}
