package org.runwright.run;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What a transaction changed of runs and steps, told in their feeds once, as it is when the
 * transaction commits: after the output that came with it, and the run after its steps.
 */
@Component
class News {

  private final FeedWriter writer;

  News(FeedWriter writer) {
    this.writer = writer;
  }

  private static final class Changed {
    final Set<String> steps = new LinkedHashSet<>();
    boolean run;
  }

  void step(String runId, String stepId) {
    changed(runId).steps.add(stepId);
  }

  void run(String runId) {
    changed(runId).run = true;
  }

  private Changed changed(String runId) {
    @SuppressWarnings("unchecked") // bound below, and nowhere else
    Map<String, Changed> runs =
        (Map<String, Changed>) TransactionSynchronizationManager.getResource(this);
    if (runs == null) {
      runs = new TreeMap<>(); // locks of several runs are taken in the same order everywhere
      TransactionSynchronizationManager.bindResource(this, runs);
      TransactionSynchronizationManager.registerSynchronization(new Telling(runs));
    }
    return runs.computeIfAbsent(runId, id -> new Changed());
  }

  private class Telling implements TransactionSynchronization {

    private final Map<String, Changed> runs;

    Telling(Map<String, Changed> runs) {
      this.runs = runs;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      runs.forEach((runId, changed) -> writer.write(runId, changed.steps, changed.run));
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(News.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(News.this, runs);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResourceIfPossible(News.this);
    }
  }
}
