package org.runwright.run;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Files steps in the queue: of those that the engine waits for with one visit of an element at most
 * as many as may be under way at once, in the order of the journal. The others stay in the journal
 * alone, and each end of one files the next in its own transaction, so that a server which dies
 * leaves neither too many nor too few. The caller holds the lock of the run. Thread-safe.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class Parallelism {

  private final JdbcClient jdbc;
  private final Steps steps;
  private final StepQueue queue;

  Parallelism(JdbcClient jdbc, Steps steps, StepQueue queue) {
    this.jdbc = jdbc;
    this.steps = steps;
    this.queue = queue;
  }

  /** Files these, which are waited for with one visit, or as many as have room. */
  void file(List<Step> opened) {
    EngineWait wait = opened.get(0).engineWait();
    if (wait.atOnce().isEmpty()) {
      queue.add(opened, Optional.empty());
    } else {
      fileNext(wait);
    }
  }

  /**
   * Files the next ones if there is room.
   *
   * @return whether any was filed
   */
  public boolean fileNext(EngineWait wait) {
    if (wait.atOnce().isEmpty()) {
      return false;
    }
    int room = wait.atOnce().get() - queued(wait.activity());
    if (room <= 0) {
      return false;
    }
    List<String> next = next(wait.activity(), room);
    if (!next.isEmpty()) {
      queue.add(steps.find(next), Optional.empty());
    }
    return !next.isEmpty();
  }

  private int queued(String activity) {
    return jdbc.sql(
            """
            select count(*) from step_queue q join run_step s on s.id = q.step_id
            where s.execution = :activity
            """)
        .param("activity", activity)
        .query(Integer.class)
        .single();
  }

  private List<String> next(String activity, int limit) {
    return jdbc.sql(
            """
            select s.id from run_step s
            where s.execution = :activity and s.state = 'PENDING'
              and not exists (select 1 from step_queue q where q.step_id = s.id)
            order by s.seq limit :limit
            """)
        .param("activity", activity)
        .param("limit", limit)
        .query(String.class)
        .list();
  }
}
