package org.runwright.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Deletes what has been kept for long enough, in batches of a bounded number of rows, each in its
 * own short transaction. Only runs that have ended are touched, so nobody waits for a lock. May run
 * on several servers at once, though one is enough. Thread-safe.
 */
@Service
public class Retention {

  private static final int MOST_RUNS = 500;
  private static final int MOST_ROWS = 20_000;

  private static final String ENDED =
      """
      select id, feed_seq from run r where ended_at < :before and not exists
        (select 1 from run_step s where s.run_id = r.id and s.state in ('PENDING', 'RUNNING'))
      """;

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final ApplicationEventPublisher events;
  private final RetentionProperties settings;
  private final Clock clock;

  Retention(
      JdbcClient jdbc,
      TransactionOperations transactions,
      ApplicationEventPublisher events,
      RetentionProperties settings,
      Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.events = events;
    this.settings = settings;
    this.clock = clock;
  }

  private record Old(String id, long feedRows) {}

  /**
   * Deletes one batch of output: of at most 500 runs, and 20,000 rows or those of one run.
   *
   * @return the number of runs whose output is gone now; zero: there is no more to do
   */
  public int deleteOutput() {
    if (settings.output().isZero()) {
      return 0;
    }
    List<Old> batch = batch(" and output_deleted = false", settings.output());
    for (Old large : batch.stream().filter(old -> old.feedRows() > MOST_ROWS).toList()) {
      deleteSlices(large, " and type in ('STDOUT', 'STDERR')");
    }
    transactions.executeWithoutResult(status -> deleteOutput(ids(batch)));
    return batch.size();
  }

  private void deleteOutput(List<String> ids) {
    if (!ids.isEmpty()) {
      delete("delete from run_feed where run_id in (:ids) and type in ('STDOUT', 'STDERR')", ids);
      delete("update run set output_deleted = true where id in (:ids)", ids);
    }
  }

  /**
   * Deletes one batch of runs, with all that belongs to them.
   *
   * @return how many; zero: there is no more to do
   */
  public int deleteRuns() {
    if (settings.runs().isZero()) {
      return 0;
    }
    List<Old> batch = batch("", settings.runs());
    for (Old large : batch.stream().filter(old -> old.feedRows() > MOST_ROWS).toList()) {
      deleteSlices(large, "");
    }
    transactions.executeWithoutResult(status -> deleteRuns(ids(batch)));
    return batch.size();
  }

  private void deleteRuns(List<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    events.publishEvent(new RunsForgotten(ids));
    delete("delete from run_feed where run_id in (:ids)", ids);
    delete("delete from run_lock where run_id in (:ids)", ids);
    delete("delete from run_step where run_id in (:ids)", ids);
    delete("delete from run where id in (:ids)", ids);
  }

  /** The oldest that are due, as many as make one transaction. */
  private List<Old> batch(String condition, Duration kept) {
    Instant before = clock.instant().minus(kept);
    List<Old> oldest =
        jdbc.sql(ENDED + condition + " order by ended_at limit " + MOST_RUNS)
            .param("before", Runs.utc(before))
            .query((row, n) -> new Old(row.getString("id"), row.getLong("feed_seq")))
            .list();
    List<Old> batch = new ArrayList<>();
    long rows = 0;
    for (Old old : oldest) {
      rows += old.feedRows();
      if (rows > MOST_ROWS && !batch.isEmpty()) {
        break;
      }
      batch.add(old);
    }
    return batch;
  }

  private void deleteSlices(Old run, String condition) {
    for (long from = 0; from <= run.feedRows(); from += MOST_ROWS) {
      long first = from;
      transactions.executeWithoutResult(
          status ->
              jdbc.sql(
                      "delete from run_feed where run_id = :run and seq >= :from and seq < :to"
                          + condition)
                  .param("run", run.id())
                  .param("from", first)
                  .param("to", first + MOST_ROWS)
                  .update());
    }
  }

  private void delete(String sql, List<String> ids) {
    jdbc.sql(sql).param("ids", ids).update();
  }

  private static List<String> ids(List<Old> batch) {
    return batch.stream().map(Old::id).toList();
  }
}
