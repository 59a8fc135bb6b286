package org.runwright.ssh;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.runwright.secret.Secrets;

/**
 * The open connections, kept per target and closed when idle. One login at a time per target; who
 * waits for a login shares its failure. A jump's connection is shared by everything behind it.
 */
final class Connections implements AutoCloseable {

  private final SshProperties properties;
  private final Timers timers = new Timers();

  private final Logins logins;
  private final Semaphore permits;
  private final Map<Target, Lane> lanes = new ConcurrentHashMap<>();

  private volatile boolean closed;

  Connections(SshProperties properties, Secrets secrets) {
    this.properties = properties;
    this.permits = new Semaphore(properties.connections());
    this.logins = new Logins(properties, secrets, timers);
    long pause = Math.max(100, Math.min(properties.idle().toMillis() / 2, 30_000));
    timers.every(Duration.ofMillis(pause), this::closeIdle);
  }

  Timers timers() {
    return timers;
  }

  /**
   * A connection with room for one more, to be given back by {@link #release} or {@link #drop}.
   *
   * @throws SshFailure if none can be had
   */
  Link lease(Target target, Lane.Use use) {
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
        Optional<Link> free = lane.free(use);
        if (free.isPresent()) {
          Lane.count(free.get(), use, 1);
          return free.get();
        }
        login = lane.login;
        if (login == null && lane.links.size() >= properties.connectionsPerHost()) {
          lane.awaitChange(target, deadline);
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
        Lane.await(login, target, deadline);
      }
    }
  }

  private Duration patience() {
    return properties
        .connectTimeout()
        .plus(properties.loginTimeout())
        .plus(properties.commandTimeout());
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
        lane.changed();
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
        via = lease(target.lastJump(), Lane.Use.TUNNEL);
      }
      Link link = logins.open(target, via);
      open = true;
      return link;
    } finally {
      if (!open) {
        permits.release();
        if (via != null) {
          release(via, Lane.Use.TUNNEL);
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
      throw Lane.interrupted(target, e);
    }
  }

  /** Gives a lease back. */
  void release(Link link, Lane.Use use) {
    within(link, lane -> Lane.count(link, use, -1));
  }

  /** Gives a lease back whose connection could not serve it. */
  void drop(Link link, Lane.Use use) {
    within(
        link,
        lane -> {
          Lane.count(link, use, -1);
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
      lane.changed();
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
      release(via, Lane.Use.TUNNEL); // locks lead from a host to its jump, never back
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
      if (lane.unused()) {
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
      return lane.idle();
    } finally {
      lane.lock.unlock();
    }
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
    timers.close();
  }
}
