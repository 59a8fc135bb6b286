package org.runwright.run;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
    return jdbc.sql("select coalesce(max(seq), 0) from run_feed where run_id = :run")
        .param("run", runId)
        .query(Long.class)
        .single();
  }

  /** The last pieces of a step's output below a number, oldest first, at most so many. */
  public List<FeedEvent> before(String runId, String stepId, long seq, int limit) {
    List<FeedEvent> newestFirst =
        jdbc.sql(
                """
                select seq, type, coalesce(output, body) as text, at from run_feed
                where step_id = :step and seq < :seq and type in ('STDOUT', 'STDERR')
                order by seq desc limit :limit
                """)
            .param("step", stepId)
            .param("seq", seq)
            .param("limit", limit)
            .query(
                (row, number) ->
                    new FeedEvent(
                        runId,
                        row.getLong("seq"),
                        FeedEvent.Type.valueOf(row.getString("type")),
                        Optional.of(stepId),
                        row.getString("text"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
            .list();
    List<FeedEvent> events = new ArrayList<>(newestFirst);
    Collections.reverse(events);
    return events;
  }
}
