package org.runwright.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells who follows a run that its feed has grown. Thread-safe. */
@Component
public class LiveFeed {

  private final ConcurrentHashMap<String, Set<Runnable>> followers = new ConcurrentHashMap<>();

  /** A follower's hold on the feed; closing it twice does no harm. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Calls back after each commit that added to the run's feed. The callback must return at once; it
   * runs in the thread that committed.
   */
  public Subscription subscribe(String runId, Runnable callback) {
    followers.compute(
        runId,
        (id, set) -> {
          Set<Runnable> callbacks = set == null ? new CopyOnWriteArraySet<>() : set;
          callbacks.add(callback);
          return callbacks;
        });
    return () ->
        followers.computeIfPresent(
            runId,
            (id, set) -> {
              set.remove(callback);
              return set.isEmpty() ? null : set;
            });
  }

  void grownOnCommit(String runId) {
    if (!followers.containsKey(runId)) {
      return;
    }
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      tell(runId);
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            tell(runId);
          }
        });
  }

  private void tell(String runId) {
    followers.getOrDefault(runId, Set.of()).forEach(Runnable::run);
  }
}
