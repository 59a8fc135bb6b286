package org.runwright.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the end of what a step wrote, however long it is. Thread-safe. */
@Repository
public class OutputTail {

  private final JdbcClient jdbc;

  OutputTail(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The number of the newest event of a run; 0 if there is none. */
  public long newest(String runId) {
    return jdbc.sql("select feed_seq from run where id = :run")
        .param("run", runId)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** The last pieces of a step's output below a number, oldest first, at most so many. */
  public List<FeedEvent> before(String runId, String stepId, long seq, int limit) {
    List<FeedEvent> newestFirst =
        jdbc.sql(
                """
                select * from run_feed
                where step_id = :step and seq < :seq and type in ('STDOUT', 'STDERR')
                order by step_id, seq desc limit :limit
                """)
            .param("step", stepId)
            .param("seq", seq)
            .param("limit", limit)
            .query(Feed::event)
            .list();
    List<FeedEvent> events = new ArrayList<>(newestFirst);
    Collections.reverse(events);
    return events;
  }
}
