package org.runwright.ssh;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The connections to one target; everything here is guarded by its lock. */
final class Lane {

  /** What a connection is used for; the two are counted apart. */
  enum Use {
    REQUEST,
    TUNNEL
  }

  final ReentrantLock lock = new ReentrantLock();
  final List<Link> links = new ArrayList<>();
  private final Condition changed = lock.newCondition();

  /** The login that is under way. */
  @Nullable CompletableFuture<Void> login;

  /** Whether it was taken out of the pool. */
  boolean gone;

  /** The connection with the least to do, if one has room for one more. */
  Optional<Link> free(Use use) {
    return links.stream()
        .filter(link -> use == Use.TUNNEL || link.requests < link.capacity)
        .min(Comparator.comparingInt(link -> use == Use.TUNNEL ? link.tunnels : link.requests));
  }

  List<Link> idle() {
    return links.stream().filter(link -> link.requests == 0 && link.tunnels == 0).toList();
  }

  boolean unused() {
    return links.isEmpty() && login == null && !lock.hasWaiters(changed);
  }

  static void count(Link link, Use use, int more) {
    link.usedAt = System.nanoTime();
    if (use == Use.TUNNEL) {
      link.tunnels += more;
    } else {
      link.requests += more;
    }
  }

  void changed() {
    changed.signalAll();
  }

  /** Waits until something changed, the lock given up meanwhile. */
  void awaitChange(Target target, long deadline) {
    try {
      if (changed.awaitNanos(deadline - System.nanoTime()) <= 0) {
        throw busy(target, null);
      }
    } catch (InterruptedException e) {
      throw interrupted(target, e);
    }
  }

  /** Waits for another one's login and shares its failure; without the lock. */
  static void await(CompletableFuture<Void> login, Target target, long deadline) {
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

  static SshFailure interrupted(Target target, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return SshFailure.notSent("interrupted while waiting for " + target, false, cause);
  }
}
