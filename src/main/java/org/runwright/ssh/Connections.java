package org.runwright.ssh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.runwright.secret.Secrets;

/**
 * The open connections, kept per target and closed when idle. One login at a time per target; who
 * waits for a login shares its failure. A jump's connection is shared by everything behind it.
 */
final class Connections implements AutoCloseable {

  private final SshProperties properties;
  private final ScheduledThreadPoolExecutor timers;

  /** For what a timer sets off: breaking a connection off may wait for a lock. */
  private final ExecutorService workers =
      Executors.newCachedThreadPool(task -> daemon(task, "ssh-breaks"));

  private final Logins logins;
  private final Semaphore permits;
  private final Map<Target, Lane> lanes = new ConcurrentHashMap<>();

  private volatile boolean closed;

  /** Everything about one target, guarded by its lock. */
  private static final class Lane {
    final ReentrantLock lock = new ReentrantLock();
    final Condition changed = lock.newCondition();
    final List<Link> links = new ArrayList<>();
    @Nullable CompletableFuture<Void> login;
    boolean gone;
  }

  /** Runs a task after a delay. */
  interface Timer {
    Future<?> after(Duration delay, Runnable task);
  }

  /** What a lease is for: they are counted apart. */
  enum Use {
    REQUEST,
    TUNNEL
  }

  Connections(SshProperties properties, Secrets secrets) {
    this.properties = properties;
    this.permits = new Semaphore(properties.connections());
    this.timers = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "ssh-timers"));
    timers.setRemoveOnCancelPolicy(true);
    this.logins = new Logins(properties, secrets, this::after);
    long pause = Math.max(100, Math.min(properties.idle().toMillis() / 2, 30_000));
    timers.scheduleWithFixedDelay(this::closeIdle, pause, pause, TimeUnit.MILLISECONDS);
  }

  /**
   * Runs the task after the delay unless it was cancelled.
   *
   * @throws SshFailure if the server is stopping
   */
  Future<?> after(Duration delay, Runnable task) {
    try {
      return timers.schedule(() -> workers.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw SshFailure.notSent("the server is stopping", false, e);
    }
  }

  /**
   * A connection with room for one more, to be given back by {@link #release} or {@link #drop}.
   *
   * @throws SshFailure if none can be had
   */
  Link lease(Target target, Use use) {
    long deadline = System.nanoTime() + patience().toNanos();
    while (true) {
      Lane lane = lanes.computeIfAbsent(target, t -> new Lane());
      CompletableFuture<Void> login;
      lane.lock.lock();
      try {
        if (lane.gone) {
          continue;
        }
        dropBroken(lane);
        Optional<Link> free = free(lane, use);
        if (free.isPresent()) {
          count(free.get(), use, 1);
          return free.get();
        }
        login = lane.login;
        if (login == null && lane.links.size() >= properties.connectionsPerHost()) {
          awaitChange(lane, target, deadline);
          continue;
        }
        if (login == null) {
          lane.login = new CompletableFuture<>();
        }
      } finally {
        lane.lock.unlock();
      }
      if (login == null) {
        login(target, lane);
      } else {
        await(login, target, deadline);
      }
    }
  }

  private Duration patience() {
    return properties
        .connectTimeout()
        .plus(properties.loginTimeout())
        .plus(properties.commandTimeout());
  }

  private static Optional<Link> free(Lane lane, Use use) {
    return lane.links.stream()
        .filter(link -> use == Use.TUNNEL || link.requests < link.capacity)
        .min(Comparator.comparingInt(link -> use == Use.TUNNEL ? link.tunnels : link.requests));
  }

  private static void count(Link link, Use use, int more) {
    link.usedAt = System.nanoTime();
    if (use == Use.TUNNEL) {
      link.tunnels += more;
    } else {
      link.requests += more;
    }
  }

  private static void awaitChange(Lane lane, Target target, long deadline) {
    try {
      if (lane.changed.awaitNanos(deadline - System.nanoTime()) <= 0) {
        throw busy(target, null);
      }
    } catch (InterruptedException e) {
      throw interrupted(target, e);
    }
  }

  private static void await(CompletableFuture<Void> login, Target target, long deadline) {
    try {
      login.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SshFailure failure) {
        throw SshFailure.notSent(String.valueOf(failure.getMessage()), failure.lasting(), failure);
      }
      throw SshFailure.notSent("the login at " + target + " failed", false, e);
    } catch (TimeoutException e) {
      throw busy(target, e);
    } catch (InterruptedException e) {
      throw interrupted(target, e);
    }
  }

  private static SshFailure busy(Target target, @Nullable Throwable cause) {
    return SshFailure.notSent(
        "every connection to "
            + target
            + " is busy: try again, or raise runwright.ssh.connections-per-host",
        false,
        cause);
  }

  private static SshFailure interrupted(Target target, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return SshFailure.notSent("interrupted while waiting for " + target, false, cause);
  }

  private void login(Target target, Lane lane) {
    @Nullable Link link = null;
    Throwable failure = new IllegalStateException("the login did not end");
    try {
      link = open(target);
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      CompletableFuture<Void> login;
      lane.lock.lock();
      try {
        login = lane.login;
        lane.login = null;
        if (link != null) {
          lane.links.add(link);
          if (closed) {
            close(lane, link, "the server stops");
          }
        }
        lane.changed.signalAll();
      } finally {
        lane.lock.unlock();
      }
      if (login != null && link != null) {
        login.complete(null);
      } else if (login != null) {
        login.completeExceptionally(failure);
      }
    }
  }

  private Link open(Target target) {
    if (closed) {
      throw SshFailure.notSent("the server is stopping", false, null);
    }
    takePermit(target);
    @Nullable Link via = null;
    boolean open = false;
    try {
      if (!target.jumps().isEmpty()) {
        via = lease(target.lastJump(), Use.TUNNEL);
      }
      Link link = logins.open(target, via);
      open = true;
      return link;
    } finally {
      if (!open) {
        permits.release();
        if (via != null) {
          release(via, Use.TUNNEL);
        }
      }
    }
  }

  private void takePermit(Target target) {
    try {
      if (permits.tryAcquire() || closeLongestIdle() && permits.tryAcquire()) {
        return;
      }
      if (!permits.tryAcquire(properties.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw SshFailure.notSent(
            "no connection left for %s: %d are in use; try again, or raise runwright.ssh.connections"
                .formatted(target, properties.connections()),
            false,
            null);
      }
    } catch (InterruptedException e) {
      throw interrupted(target, e);
    }
  }

  /** Gives a lease back. */
  void release(Link link, Use use) {
    within(link, lane -> count(link, use, -1));
  }

  /** Gives a lease back whose connection could not serve it. */
  void drop(Link link, Use use) {
    within(
        link,
        lane -> {
          count(link, use, -1);
          if (link.requests == 0 && link.tunnels == 0 || !link.usable()) {
            close(lane, link, "it could not be used");
          } else {
            link.capacity = Math.max(1, link.requests); // the host allows no more at once
          }
        });
  }

  private void within(Link link, Consumer<Lane> action) {
    Lane lane = lanes.get(link.target);
    if (lane == null) {
      return;
    }
    lane.lock.lock();
    try {
      action.accept(lane);
      lane.changed.signalAll();
    } finally {
      lane.lock.unlock();
    }
  }

  private void dropBroken(Lane lane) {
    for (Link link : List.copyOf(lane.links)) {
      if (!link.usable()) {
        close(lane, link, "it broke");
      }
    }
  }

  /** Under the lock of the lane. */
  private void close(Lane lane, Link link, String why) {
    if (!lane.links.remove(link)) {
      return;
    }
    link.abort(why);
    permits.release();
    Link via = link.via;
    if (via != null) {
      release(via, Use.TUNNEL); // locks lead from a host to its jump, never back
    }
  }

  private void closeIdle() {
    long limit = System.nanoTime() - properties.idle().toNanos();
    lanes.forEach((target, lane) -> closeUnused(target, lane, limit));
  }

  private int closeUnused(Target target, Lane lane, long usedBefore) {
    lane.lock.lock();
    try {
      dropBroken(lane);
      int closed = 0;
      for (Link link : List.copyOf(lane.links)) {
        if (link.requests == 0 && link.tunnels == 0 && link.usedAt - usedBefore < 0) {
          close(lane, link, "it was idle");
          closed++;
        }
      }
      if (lane.links.isEmpty() && lane.login == null && !lane.lock.hasWaiters(lane.changed)) {
        lane.gone = true;
        lanes.remove(target, lane);
      }
      return closed;
    } finally {
      lane.lock.unlock();
    }
  }

  private boolean closeLongestIdle() {
    record Idle(Target target, Lane lane, long usedAt) {}
    return lanes.entrySet().stream()
        .flatMap(
            entry ->
                idle(entry.getValue()).stream()
                    .map(link -> new Idle(entry.getKey(), entry.getValue(), link.usedAt)))
        .min(Comparator.comparingLong(Idle::usedAt))
        .map(idle -> closeUnused(idle.target(), idle.lane(), idle.usedAt() + 1) > 0)
        .orElse(false);
  }

  private static List<Link> idle(Lane lane) {
    lane.lock.lock();
    try {
      return lane.links.stream().filter(l -> l.requests == 0 && l.tunnels == 0).toList();
    } finally {
      lane.lock.unlock();
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** How many connections are open. */
  int open() {
    return properties.connections() - permits.availablePermits();
  }

  @Override
  public void close() {
    closed = true;
    for (Lane lane : lanes.values()) {
      lane.lock.lock();
      try {
        List.copyOf(lane.links).forEach(link -> close(lane, link, "the server stops"));
      } finally {
        lane.lock.unlock();
      }
    }
    timers.shutdownNow();
    workers.shutdown();
  }
}
