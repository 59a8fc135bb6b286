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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A step driven to its end: no thread is held between two looks. */
class LeasedStep implements DrivenStep {

  private static final Logger log = LoggerFactory.getLogger(LeasedStep.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration FIRST_RETRY = Duration.ofMillis(500);
  private static final byte[] NOTHING = {};

  private final StepLedger.Taken taken;
  private final Step step;
  private final StepRunner runner;
  private final StepLedger ledger;
  private final StepEnds ends;
  private final WorkerProperties settings;
  private final LookBudget budget;
  private final Clock clock;

  private StepOutput.Kept kept;
  private boolean launched;
  private boolean endedLate;
  private boolean perhapsSent;
  private Duration pause = FIRST_PAUSE;
  private Optional<Instant> unreachableSince = Optional.empty();

  LeasedStep(
      StepLedger.Taken taken,
      StepRunner runner,
      StepLedger ledger,
      StepEnds ends,
      WorkerProperties settings,
      LookBudget budget,
      Clock clock) {
    this.taken = taken;
    this.step = taken.step();
    this.runner = runner;
    this.ledger = ledger;
    this.ends = ends;
    this.settings = settings;
    this.budget = budget;
    this.clock = clock;
    this.kept = new StepOutput.Kept(step.outBytes(), step.errBytes());
    this.launched = kept.out() + kept.err() > 0;
    this.perhapsSent = taken.begunBefore();
  }

  @Override
  public StepClaim claim() {
    return taken.claim();
  }

  @Override
  public Optional<Duration> look() {
    try {
      if (overdue() && !endedLate) {
        runner.end(step.id(), step.prepared(), settings.endGrace());
        endedLate = true;
      }
      StepProgress progress = progress();
      unreachableSince = Optional.empty();
      return digest(progress);
    } catch (HostUnavailable e) {
      return unavailable(e);
    }
  }

  private StepProgress progress() {
    Instant sent = step.startedAt().orElseGet(clock::instant);
    if (launched) {
      Optional<Instant> again = endedLate ? Optional.empty() : Optional.of(sent);
      return runner.observe(step.id(), step.prepared(), again, kept.out(), kept.err());
    }
    Optional<Instant> before = perhapsSent ? Optional.of(sent) : Optional.empty();
    StepProgress progress = runner.launch(step.id(), step.prepared(), before, settings.patience());
    launched = true;
    perhapsSent = true;
    return progress;
  }

  private Optional<Duration> digest(StepProgress progress) {
    if (progress.result().isPresent()) {
      StepResult result = progress.result().get();
      end(progress, endedLate ? late(result) : result);
      return Optional.empty();
    }
    boolean news = progress.out().length + progress.err().length > 0;
    kept = ledger.keep(taken, kept, progress);
    if (progress.more()) {
      return Optional.of(Duration.ZERO);
    }
    pause = news ? FIRST_PAUSE : longer(pause, budget.longestPause());
    return Optional.of(pause);
  }

  private void end(StepProgress last, StepResult result) {
    ends.end(new StepLedger.Ended(taken, kept, last, result));
  }

  private boolean overdue() {
    return launched
        && step.startedAt()
            .map(began -> began.plus(step.prepared().timeLimit()).isBefore(clock.instant()))
            .orElse(false);
  }

  private StepResult late(StepResult result) {
    if (result.verdict() == StepResult.Verdict.SUCCEEDED) {
      return result;
    }
    boolean unknown = result.verdict() == StepResult.Verdict.UNKNOWN;
    return new StepResult(
        unknown ? StepResult.Verdict.UNKNOWN : StepResult.Verdict.FAILED,
        result.changed(),
        result.exitCode(),
        result.signal(),
        "took longer than its time limit of " + step.prepared().timeLimit() + " and was ended",
        result.values());
  }

  private Optional<Duration> unavailable(HostUnavailable e) {
    perhapsSent |= e.perhapsSent();
    Instant now = clock.instant();
    Instant since = unreachableSince.orElse(now);
    if (unreachableSince.isEmpty()) {
      log.warn("step {} waits for its host: {}", step.id(), e.getMessage());
      unreachableSince = Optional.of(now);
      pause = FIRST_RETRY;
    }
    boolean giveUp = e.lasting() || since.plus(settings.reachWithin()).isBefore(now);
    if (!giveUp) {
      pause = longer(pause, Duration.ofSeconds(5));
      return Optional.of(pause);
    }
    StepResult result = outOfReach(e);
    end(new StepProgress(NOTHING, NOTHING, Optional.of(result)), result);
    return Optional.empty();
  }

  /**
   * A command that was perhaps sent has an unknown outcome, unless repeating it does no harm. One
   * that was not sent never began, and waits for its host again if its model declares retries.
   */
  private StepResult outOfReach(HostUnavailable e) {
    StepResult.Verdict verdict = StepResult.Verdict.FAILED;
    if (perhapsSent && !step.prepared().safeToRepeat()) {
      verdict = StepResult.Verdict.UNKNOWN;
    } else if (!perhapsSent && !e.lasting() && !step.retryPauses().isEmpty()) {
      verdict = StepResult.Verdict.NEVER_BEGAN;
    }
    return new StepResult(
        verdict,
        perhapsSent ? Optional.empty() : Optional.of(false),
        Optional.empty(),
        Optional.empty(),
        e.getMessage(),
        Map.of());
  }

  private static Duration longer(Duration pause, Duration longest) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(longest) > 0 ? longest : doubled;
  }
}
