package org.runwright.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.runwright.run.Durability;
import org.runwright.run.FollowedElsewhere;
import org.runwright.run.RunNode;
import org.runwright.step.StepRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Takes the steps that wait in the engine, under a lease that other servers respect and that it
 * renews every third of its time, and drives each to its end. A step that a dead server left is
 * taken over when its lease runs out, at once after a restart of the same server, and found on its
 * host under its token.
 */
@Component
class StepWorker implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(StepWorker.class);

  private static final int BATCH = 64;
  private static final long POLL_MILLISECONDS = 500;
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(2);

  private final ExternalTaskService tasks;
  private final StepLedger ledger;
  private final StepRunner runner;
  private final Settlement settlement;
  private final Endings endings;
  private final Durability durability;
  private final WorkerBell bell;
  private final WorkerProperties settings;
  private final Clock clock;
  private final String name;

  private final Map<String, LeasedStep> leased = new ConcurrentHashMap<>();
  private volatile boolean running;
  private volatile ScheduledExecutorService threads = Executors.newScheduledThreadPool(0);
  private volatile Thread fetcher = new Thread();

  StepWorker(
      ExternalTaskService tasks,
      StepLedger ledger,
      StepRunner runner,
      Settlement settlement,
      Endings endings,
      Durability durability,
      WorkerBell bell,
      WorkerProperties settings,
      Clock clock,
      RunNode node) {
    this.tasks = tasks;
    this.ledger = ledger;
    this.runner = runner;
    this.settlement = settlement;
    this.endings = endings;
    this.durability = durability;
    this.bell = bell;
    this.settings = settings;
    this.clock = clock;
    this.name = node.id();
  }

  @Override
  public void start() {
    running = true;
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(settings.threads(), new WorkerThreads());
    pool.setRemoveOnCancelPolicy(true);
    pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    threads = pool;
    long third = settings.lease().toMillis() / 3;
    pool.scheduleWithFixedDelay(this::renewLeases, third, third, TimeUnit.MILLISECONDS);
    pool.scheduleWithFixedDelay(() -> endings.begin(pool), 100, 1000, TimeUnit.MILLISECONDS);
    releaseOwnLeases();
    fetcher = new WorkerThreads().newThread(this::fetch);
    fetcher.start();
  }

  @Override
  public void stop() {
    running = false;
    bell.ring();
    threads.shutdown();
    try {
      fetcher.join(5000);
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    leased.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** What this server held when it died need not wait for its lease to run out. */
  private void releaseOwnLeases() {
    tasks.createExternalTaskQuery().workerId(name).locked().list().stream()
        .map(task -> task.getId())
        .forEach(tasks::unlock);
  }

  private void fetch() {
    boolean fault = false;
    while (running) {
      try {
        if (fault) {
          bell.await(PAUSE_AFTER_FAULT.toMillis());
          fault = false;
        }
        List<LockedExternalTask> found =
            tasks
                .fetchAndLock(BATCH, name)
                .topic(DurableSteps.STEPS, settings.lease().toMillis())
                .topic(DurableSteps.SETTLING, settings.lease().toMillis())
                .execute();
        found.forEach(this::accept);
        endings.begin(threads);
        if (found.size() < BATCH) {
          bell.await(POLL_MILLISECONDS);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.error("cannot fetch steps; trying again", e);
        fault = true;
      }
    }
  }

  private void accept(LockedExternalTask task) {
    if (DurableSteps.SETTLING.equals(task.getTopicName())) {
      settlement.await(task, threads);
    } else {
      threads.execute(() -> begin(task));
    }
  }

  private void begin(LockedExternalTask task) {
    try {
      Optional<StepLedger.Taken> taken = ledger.take(task);
      if (taken.isPresent()) {
        durability.force();
        LeasedStep step = new LeasedStep(task, taken.get(), runner, ledger, settings, clock);
        leased.put(task.getId(), step);
        drive(step);
      }
    } catch (NotFoundException e) {
      log.debug("task {} is gone", task.getId(), e);
    } catch (RuntimeException e) {
      log.error("cannot begin the step of task {}; trying again later", task.getId(), e);
      schedule(() -> begin(task), PAUSE_AFTER_FAULT);
    }
  }

  private void drive(LeasedStep step) {
    String id = step.task().getId();
    if (!leased.containsKey(id)) {
      return;
    }
    if (endings.underWay(step.step().id())) {
      letGo(id);
      return;
    }
    try {
      Optional<Duration> pause = step.look();
      if (pause.isPresent()) {
        schedule(() -> drive(step), pause.get());
      } else {
        leased.remove(id);
        bell.ring();
      }
    } catch (NotFoundException | FollowedElsewhere e) {
      letGo(id);
    } catch (RuntimeException e) {
      log.error("step {} cannot be driven on; looking again", step.step().id(), e);
      schedule(() -> drive(step), PAUSE_AFTER_FAULT);
    }
  }

  private void schedule(Runnable work, Duration pause) {
    if (running) {
      threads.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void renewLeases() {
    for (String id : List.copyOf(leased.keySet())) {
      try {
        tasks.extendLock(id, name, settings.lease().toMillis());
      } catch (NotFoundException e) {
        letGo(id);
      } catch (RuntimeException e) {
        log.warn("cannot renew the lease of task {}", id, e);
      }
    }
  }

  /** The model no longer waits for it, or another server has it: not ours any more. */
  private void letGo(String taskId) {
    if (leased.remove(taskId) != null) {
      log.debug("task {} is no longer waited for", taskId);
      bell.ring();
    }
  }
}
