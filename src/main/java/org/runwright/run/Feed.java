package org.runwright.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What happened in each run, in order: the number is taken under the lock of the run's row, one
 * after the other, so that the order of numbers is the order of commits and a reader who resumes
 * after a number misses nothing of what is still kept. Output that is left out later leaves its
 * numbers behind. Thread-safe.
 */
@Repository
public class Feed {

  private static final String INSERT =
      """
      insert into run_feed (run_id, seq, type, step_id, body, output, from_byte, to_byte, at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final int[] TYPES = {
    Types.VARCHAR,
    Types.BIGINT,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.VARCHAR,
    Types.BIGINT,
    Types.BIGINT,
    Types.TIMESTAMP_WITH_TIMEZONE
  };
  private static final String BETWEEN =
      """
       where step_id = :step and type = :type and from_byte >= :from and from_byte < :to
        and to_byte <= :to
      """;

  private final JdbcClient jdbc;
  private final JdbcOperations batches;
  private final LiveFeed live;
  private final Clock clock;

  Feed(JdbcClient jdbc, JdbcOperations batches, LiveFeed live, Clock clock) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.live = live;
    this.clock = clock;
  }

  /** The events after a number, oldest first, at most so many. */
  public List<FeedEvent> after(String runId, long seq, int limit) {
    return jdbc.sql(
            """
            select * from run_feed
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
            select * from run_feed
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
                    select * from run_feed
                    where step_id = :step and type in ('STDOUT', 'STDERR')
                    order by step_id, seq desc limit :limit
                    """)
                .param("step", stepId)
                .param("limit", limit)
                .query(Feed::event)
                .list());
    Collections.reverse(last);
    return last;
  }

  /** The newest number of each of these runs. */
  public Map<String, Long> newest(Collection<String> runIds) {
    Map<String, Long> newest = new HashMap<>();
    if (!runIds.isEmpty()) {
      jdbc.sql("select id, feed_seq from run where id in (:ids)")
          .param("ids", runIds)
          .query((RowCallbackHandler) row -> newest.put(row.getString(1), row.getLong(2)));
    }
    return newest;
  }

  /** How far a stream of a step was told by the events up to a number; zero: not at all. */
  public long toldUpTo(String stepId, FeedEvent.Type type, long seq) {
    return jdbc.sql(
            """
            select coalesce(max(to_byte), 0) from run_feed
            where step_id = :step and type = :type and seq <= :seq
            """)
        .param("step", stepId)
        .param("type", type.name())
        .param("seq", seq)
        .query(Long.class)
        .single();
  }

  /** Something told of a run, or of one of its steps. */
  record Told(FeedEvent.Type type, Optional<String> stepId, String body) {}

  /** Adds events in their order, in one batch. */
  void add(String runId, List<Told> events) {
    if (!events.isEmpty()) {
      insert(
          runId,
          events.stream()
              .map(told -> new Row(told.type(), told.stepId().orElse(null), told.body(), null))
              .toList());
    }
  }

  /** Adds output, under one lock of the run's row and in one batch. */
  void addOutput(String runId, String stepId, List<OutputRow> rows) {
    if (!rows.isEmpty()) {
      insert(runId, rows.stream().map(row -> new Row(row.type(), stepId, null, row)).toList());
    }
  }

  private record Row(
      FeedEvent.Type type,
      @Nullable String stepId,
      @Nullable String body,
      @Nullable OutputRow output) {

    @Nullable Object[] values(String runId, long seq, OffsetDateTime at) {
      return new @Nullable Object[] {
        runId,
        seq,
        type.name(),
        stepId,
        body,
        output == null ? null : output.text(),
        output == null ? null : output.from(),
        output == null ? null : output.to(),
        at
      };
    }
  }

  private void insert(String runId, List<Row> rows) {
    jdbc.sql("update run set feed_seq = feed_seq + :n where id = :run")
        .param("n", rows.size())
        .param("run", runId)
        .update();
    long last =
        jdbc.sql("select feed_seq from run where id = :run")
            .param("run", runId)
            .query(Long.class)
            .single();
    OffsetDateTime at = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    List<Object[]> batch = new ArrayList<>(rows.size());
    for (Row row : rows) {
      batch.add(row.values(runId, last - rows.size() + batch.size() + 1, at));
    }
    batches.batchUpdate(INSERT, batch, TYPES);
    live.grownOnCommit(runId);
  }

  /**
   * Deletes the rows of a stream that lie between two bytes.
   *
   * @return the bytes that are left out with them
   */
  long deleteOutput(String stepId, FeedEvent.Type type, long from, long to) {
    Map<String, Object> where = Map.of("step", stepId, "type", type.name(), "from", from, "to", to);
    long bytes =
        jdbc.sql("select coalesce(sum(to_byte - from_byte), 0) from run_feed" + BETWEEN)
            .params(where)
            .query(Long.class)
            .single();
    if (bytes > 0) {
      jdbc.sql("delete from run_feed" + BETWEEN).params(where).update();
    }
    return bytes;
  }

  static FeedEvent event(ResultSet row, int number) throws SQLException {
    boolean counted = row.getObject("to_byte") != null;
    return new FeedEvent(
        row.getString("run_id"),
        row.getLong("seq"),
        FeedEvent.Type.valueOf(row.getString("type")),
        Optional.ofNullable(row.getString("step_id")),
        row.getString(counted ? "output" : "body"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        counted
            ? Optional.of(new FeedEvent.Bytes(row.getLong("from_byte"), row.getLong("to_byte")))
            : Optional.empty());
  }
}
