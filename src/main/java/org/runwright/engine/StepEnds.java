package org.runwright.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Commits the ends of steps together that come at the same moment and belong to one run: they would
 * only wait for each other at the lock of its row. Thread-safe.
 */
@Component
class StepEnds {

  private static final int LANES = 64;
  private static final int MOST_AT_ONCE = 64;

  private final StepLedger ledger;
  private final List<Lane> lanes = Stream.generate(Lane::new).limit(LANES).toList();

  StepEnds(StepLedger ledger) {
    this.ledger = ledger;
  }

  /** Runs share a lane by chance only. */
  private static final class Lane {
    final ReentrantLock lock = new ReentrantLock();
    final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  }

  /** An end that somebody waits for; its fields are guarded by the lane's lock. */
  private static final class Waiting {
    final StepLedger.Ended end;
    boolean done;
    @Nullable RuntimeException failure;

    Waiting(StepLedger.Ended end) {
      this.end = end;
    }

    String runId() {
      return end.taken().step().runId();
    }
  }

  /**
   * Ends a step. Returns when that has committed, by this thread or by another.
   *
   * @throws org.runwright.run.LeaseLost if its claim does not hold
   */
  void end(StepLedger.Ended end) {
    Waiting mine = new Waiting(end);
    Lane lane = lanes.get(Math.floorMod(mine.runId().hashCode(), LANES));
    lane.queue.add(mine);
    lane.lock.lock();
    try {
      while (!mine.done) {
        List<Waiting> together = new ArrayList<>();
        lane.queue.drainTo(together, MOST_AT_ONCE);
        Map<String, List<Waiting>> byRun =
            together.stream().collect(Collectors.groupingBy(Waiting::runId));
        byRun.values().forEach(this::commit);
      }
    } finally {
      lane.lock.unlock();
    }
    if (mine.failure != null) {
      throw mine.failure;
    }
  }

  private void commit(List<Waiting> together) {
    try {
      ledger.end(together.stream().map(waiting -> waiting.end).toList());
      together.forEach(waiting -> waiting.done = true);
    } catch (RuntimeException e) {
      if (together.size() > 1) {
        together.forEach(waiting -> commit(List.of(waiting)));
      } else {
        together.get(0).failure = e;
        together.get(0).done = true;
      }
    }
  }
}
