package org.runwright.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What happened in each run, in order and without gaps: the number is taken under the lock of the
 * run's row, so that the order of numbers is the order of commits and a reader who resumes after a
 * number misses nothing. Thread-safe.
 */
@Repository
public class Feed {

  private final JdbcClient jdbc;
  private final LiveFeed live;
  private final Clock clock;

  Feed(JdbcClient jdbc, LiveFeed live, Clock clock) {
    this.jdbc = jdbc;
    this.live = live;
    this.clock = clock;
  }

  /** The events after a number, oldest first, at most so many. */
  public List<FeedEvent> after(String runId, long seq, int limit) {
    return jdbc.sql(
            """
            select run_id, seq, type, step_id, body, at from run_feed
            where run_id = :run and seq > :seq order by seq limit :limit
            """)
        .param("run", runId)
        .param("seq", seq)
        .param("limit", limit)
        .query(Feed::event)
        .list();
  }

  /** The output after a number, of one step or of all, oldest first, at most so many. */
  public List<FeedEvent> outputAfter(String runId, Optional<String> stepId, long seq, int limit) {
    return jdbc.sql(
            """
            select run_id, seq, type, step_id, body, at from run_feed
            where run_id = :run and seq > :seq and type in ('STDOUT', 'STDERR')
              and (cast(:step as varchar) is null or step_id = :step)
            order by seq limit :limit
            """)
        .param("run", runId)
        .param("seq", seq)
        .param("step", stepId.orElse(null))
        .param("limit", limit)
        .query(Feed::event)
        .list();
  }

  /** The last output of a step, oldest first, at most so many events. */
  public List<FeedEvent> lastOutput(String stepId, int limit) {
    List<FeedEvent> last =
        new ArrayList<>(
            jdbc.sql(
                    """
                    select run_id, seq, type, step_id, body, at from run_feed
                    where step_id = :step and type in ('STDOUT', 'STDERR')
                    order by seq desc limit :limit
                    """)
                .param("step", stepId)
                .param("limit", limit)
                .query(Feed::event)
                .list());
    Collections.reverse(last);
    return last;
  }

  void add(String runId, FeedEvent.Type type, Optional<String> stepId, String body) {
    jdbc.sql("update run set feed_seq = feed_seq + 1 where id = :run").param("run", runId).update();
    jdbc.sql(
            """
            insert into run_feed (run_id, seq, type, step_id, body, at)
            select id, feed_seq, :type, :step, :body, :at from run where id = :run
            """)
        .param("run", runId)
        .param("type", type.name())
        .param("step", stepId.orElse(null))
        .param("body", body)
        .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
        .update();
    live.grownOnCommit(runId);
  }

  private static FeedEvent event(ResultSet row, int number) throws SQLException {
    return new FeedEvent(
        row.getString("run_id"),
        row.getLong("seq"),
        FeedEvent.Type.valueOf(row.getString("type")),
        Optional.ofNullable(row.getString("step_id")),
        row.getString("body"),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }
}
