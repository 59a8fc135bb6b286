package org.runwright.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.runwright.run.Durability;
import org.runwright.run.LeaseLost;
import org.runwright.run.RunNode;
import org.runwright.run.StepClaim;
import org.runwright.run.StepQueue;
import org.runwright.step.StepRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Takes the steps that wait in the queue, under leases that other servers respect and that it
 * renews every third of their time, and drives each to its end. A step that a dead server left is
 * taken over when its lease runs out, at once after a restart of the same server, and found on its
 * host under its token. On stop every step is handed over; its command runs on.
 */
@Component
class StepWorker implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(StepWorker.class);

  /** Steps that were claimed and not sent yet; few, so that other servers get their share. */
  private static final int MOST_UNSENT = 64;

  private static final long POLL_MILLISECONDS = 500;
  private static final long SETTLE_MILLISECONDS = 200;
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final StepQueue queue;
  private final StepLedger ledger;
  private final StepEnds ends;
  private final StepRunner runner;
  private final Settlement settlement;
  private final Durability durability;
  private final WorkerBell bell;
  private final LookBudget budget;
  private final WorkerProperties settings;
  private final Clock clock;
  private final String node;

  private final Map<String, DrivenStep> driven = new ConcurrentHashMap<>();
  private final AtomicInteger unsent = new AtomicInteger();
  private volatile boolean running;
  private volatile ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(0);
  private volatile Thread claimer = new Thread();

  StepWorker(
      StepQueue queue,
      StepLedger ledger,
      StepEnds ends,
      StepRunner runner,
      Settlement settlement,
      Durability durability,
      WorkerBell bell,
      LookBudget budget,
      WorkerProperties settings,
      Clock clock,
      RunNode node) {
    this.queue = queue;
    this.ledger = ledger;
    this.ends = ends;
    this.runner = runner;
    this.settlement = settlement;
    this.durability = durability;
    this.bell = bell;
    this.budget = budget;
    this.settings = settings;
    this.clock = clock;
    this.node = node.id();
  }

  @Override
  public void start() {
    running = true;
    unsent.set(0);
    threads = new ScheduledThreadPoolExecutor(settings.threads(), new WorkerThreads());
    threads.setRemoveOnCancelPolicy(true);
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    long third = settings.lease().toMillis() / 3;
    threads.scheduleWithFixedDelay(this::renewLeases, third, third, TimeUnit.MILLISECONDS);
    threads.scheduleWithFixedDelay(
        settlement::look, SETTLE_MILLISECONDS, SETTLE_MILLISECONDS, TimeUnit.MILLISECONDS);
    queue.release(node); // what this server held when it died need not wait for its lease to end
    claimer = new WorkerThreads().newThread(this::claim);
    claimer.start();
  }

  /** Takes nothing new, ends no command, and lets other servers go on at once. */
  @Override
  public void stop() {
    running = false;
    bell.ring();
    threads.shutdown();
    try {
      claimer.join(STOP_LIMIT.toMillis());
      if (!threads.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.info("hands over {} steps", driven.size());
    driven.clear();
    queue.release(node);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void claim() {
    boolean fault = false;
    while (running) {
      try {
        if (fault) {
          bell.await(PAUSE_AFTER_FAULT.toMillis());
          fault = false;
        }
        int room = MOST_UNSENT - unsent.get();
        List<StepClaim> claims = room > 0 ? queue.claim(node, settings.lease(), room) : List.of();
        unsent.addAndGet(claims.size());
        claims.stream()
            .collect(Collectors.groupingBy(StepClaim::runId))
            .values()
            .forEach(ofOneRun -> execute(() -> take(ofOneRun)));
        if (claims.size() < room || room <= 0) {
          bell.await(POLL_MILLISECONDS);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.error("cannot claim steps; trying again", e);
        fault = true;
      }
    }
  }

  private void take(List<StepClaim> claims) {
    List<StepLedger.Taken> taken = new ArrayList<>();
    try {
      taken.addAll(ledger.take(claims));
      durability.force();
    } catch (RuntimeException e) {
      log.error("cannot begin {} steps; they are taken again later", claims.size(), e);
      taken.clear();
    }
    unsent.addAndGet(taken.size() - claims.size());
    for (StepLedger.Taken step : taken) {
      DrivenStep drivenStep = drivenStep(step);
      driven.put(step.step().id(), drivenStep);
      budget.driven(driven.size());
      execute(() -> begin(drivenStep));
    }
  }

  private DrivenStep drivenStep(StepLedger.Taken taken) {
    return taken.step().ending()
        ? new EndingStep(taken, runner, ledger, settings, clock)
        : new LeasedStep(taken, runner, ledger, ends, settings, budget, clock);
  }

  private void begin(DrivenStep step) {
    try {
      drive(step);
    } finally {
      unsent.decrementAndGet();
      bell.ring();
    }
  }

  private void drive(DrivenStep step) {
    String id = step.claim().stepId();
    if (driven.get(id) != step) {
      return;
    }
    try {
      Optional<Duration> pause = step.look();
      if (pause.isPresent()) {
        schedule(step, pause.get());
      } else {
        letGo(step);
        bell.ring();
      }
    } catch (LeaseLost e) {
      log.debug("step {} is driven elsewhere", id);
      letGo(step);
    } catch (RuntimeException e) {
      log.error("step {} cannot be driven on; looking again", id, e);
      schedule(step, PAUSE_AFTER_FAULT);
    }
  }

  private void schedule(DrivenStep step, Duration pause) {
    execute(() -> drive(step), pause);
  }

  private void execute(Runnable work) {
    execute(work, Duration.ZERO);
  }

  /** Once the worker stops, what was to be done is left to others. */
  private void execute(Runnable work, Duration pause) {
    try {
      if (running) {
        threads.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (RejectedExecutionException e) {
      log.debug("the worker stops", e);
    }
  }

  private void renewLeases() {
    try {
      List<DrivenStep> before = List.copyOf(driven.values());
      Map<String, Long> held = queue.renew(node, settings.lease());
      for (DrivenStep step : before) {
        if (!Optional.ofNullable(held.get(step.claim().stepId()))
            .equals(Optional.of(step.claim().fence()))) {
          letGo(step);
        }
      }
    } catch (RuntimeException e) {
      log.warn("cannot renew the leases of steps; trying again", e);
    }
  }

  private void letGo(DrivenStep step) {
    driven.remove(step.claim().stepId(), step);
    budget.driven(driven.size());
  }
}
