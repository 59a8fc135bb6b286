package org.runwright.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.runwright.run.Step;
import org.runwright.run.StepOutput;
import org.runwright.step.HostUnavailable;
import org.runwright.step.StepProgress;
import org.runwright.step.StepResult;
import org.runwright.step.StepRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step that this server holds the lease of, driven look by look: no thread is held between two
 * looks. Used by one thread at a time.
 */
class LeasedStep {

  private static final Logger log = LoggerFactory.getLogger(LeasedStep.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration FIRST_RETRY = Duration.ofMillis(500);

  private final LockedExternalTask task;
  private final StepRunner runner;
  private final StepLedger ledger;
  private final WorkerProperties settings;
  private final Clock clock;

  private Step step;
  private StepOutput.Kept kept;
  private boolean launched;
  private boolean endedLate;
  private boolean perhapsSent;
  private boolean reopened;
  private Duration pause = FIRST_PAUSE;
  private Optional<Instant> unreachableSince = Optional.empty();

  LeasedStep(
      LockedExternalTask task,
      StepLedger.Taken taken,
      StepRunner runner,
      StepLedger ledger,
      WorkerProperties settings,
      Clock clock) {
    this.task = task;
    this.step = taken.step();
    this.runner = runner;
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
    this.kept = ledger.kept(step);
    this.launched = kept.out() + kept.err() > 0;
    this.perhapsSent = taken.begunBefore();
    this.reopened = taken.reopened();
  }

  LockedExternalTask task() {
    return task;
  }

  Step step() {
    return step;
  }

  /**
   * Takes one look, or launches.
   *
   * @return the pause until the next look; empty once the step is done with
   */
  Optional<Duration> look() {
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
    boolean news = progress.out().length + progress.err().length > 0;
    kept = ledger.keep(step, kept, progress.out(), progress.err(), progress.result().isPresent());
    if (progress.result().isPresent()) {
      StepResult result = progress.result().get();
      if (reopened && result.verdict() == StepResult.Verdict.UNKNOWN) {
        // The host says that it runs no more, and a person asked for a retry.
        return goOnWith(ledger.repeat(step, result));
      }
      return end(endedLate ? late(result) : result);
    }
    pause = news ? FIRST_PAUSE : longer(pause, settings.lookEvery());
    return Optional.of(pause);
  }

  private Optional<Duration> end(StepResult result) {
    return goOnWith(ledger.end(task, step, result));
  }

  private Optional<Duration> goOnWith(Optional<Step> next) {
    if (next.isEmpty()) {
      return Optional.empty();
    }
    step = next.get();
    kept = new StepOutput.Kept(0, 0);
    launched = false;
    endedLate = false;
    perhapsSent = false;
    reopened = false;
    pause = FIRST_PAUSE;
    return Optional.of(FIRST_RETRY.multipliedBy(step.attempt()));
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
    return end(outOfReach(e));
  }

  /** A command that was perhaps sent has an unknown outcome; one that was not never began. */
  private StepResult outOfReach(HostUnavailable e) {
    boolean unknown = perhapsSent && !step.prepared().safeToRepeat();
    return new StepResult(
        unknown ? StepResult.Verdict.UNKNOWN : StepResult.Verdict.FAILED,
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
