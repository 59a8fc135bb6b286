package org.runwright.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.runwright.lab.TestTables;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What housekeeping deletes and what it leaves, on each database. */
abstract class RetentionContract {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private TestTables tables;
  private JdbcClient jdbc;
  private final List<RunsForgotten> told = new ArrayList<>();

  abstract TestTables tables();

  @BeforeEach
  void open() {
    tables = tables();
    jdbc = tables.jdbc();
  }

  @AfterEach
  void close() {
    tables.close();
  }

  @Test
  void output_goes_after_its_time_and_events_stay() {
    run("old", 31, "SUCCEEDED");
    run("young", 29, "SUCCEEDED");
    run("open", 40, "RUNNING");
    Retention retention = retention("P30D", "P365D");

    assertThat(retention.deleteOutput()).isEqualTo(1);

    assertThat(retention.deleteOutput()).as("once is enough").isZero();
    assertThat(feed("old")).containsExactly("RUN");
    assertThat(feed("young")).containsExactly("RUN", "STDOUT", "STDERR");
    assertThat(feed("open")).as("a step may run still").hasSize(3);
  }

  @Test
  void runs_go_after_their_time_with_all_that_belongs_to_them() {
    run("old", 366, "FAILED");
    run("young", 364, "FAILED");
    Retention retention = retention("P30D", "P365D");

    assertThat(retention.deleteRuns()).isEqualTo(1);

    assertThat(told).containsExactly(new RunsForgotten(List.of("old")));
    assertThat(jdbc.sql("select id from run").query(String.class).list()).containsExactly("young");
    assertThat(jdbc.sql("select run_id from run_step").query(String.class).list())
        .containsExactly("young");
    assertThat(feed("old")).isEmpty();
    assertThat(retention.deleteRuns()).isZero();
  }

  @Test
  void zero_keeps_everything() {
    run("old", 9999, "FAILED");
    Retention retention = retention("PT0S", "PT0S");

    assertThat(retention.deleteOutput()).isZero();
    assertThat(retention.deleteRuns()).isZero();
    assertThat(feed("old")).hasSize(3);
  }

  @Test
  void a_run_with_more_rows_than_a_transaction_takes_goes_in_slices() {
    run("large", 40, "SUCCEEDED");
    jdbc.sql("update run set feed_seq = 50000 where id = 'large'").update();
    jdbc.sql("update run_feed set seq = 49999 where type = 'STDERR'").update();
    run("next", 40, "SUCCEEDED");
    Retention retention = retention("P30D", "P365D");

    assertThat(retention.deleteOutput()).as("it fills a batch").isEqualTo(1);
    assertThat(feed("large")).containsExactly("RUN");
    assertThat(retention.deleteOutput()).isEqualTo(1);
    assertThat(feed("next")).containsExactly("RUN");
  }

  private Retention retention(String output, String runs) {
    return new Retention(
        jdbc,
        tables.transactions(),
        event -> told.add((RunsForgotten) event),
        new RetentionProperties(Duration.parse(output), Duration.parse(runs)),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private List<String> feed(String run) {
    return jdbc.sql("select type from run_feed where run_id = :run order by seq")
        .param("run", run)
        .query(String.class)
        .list();
  }

  private void run(String id, int days, String state) {
    Instant ended = NOW.minus(Duration.ofDays(days));
    jdbc.sql(
            """
            insert into run (id, runbook, title, process, state, inputs, requested_by, requested_at,
              ended_at, deadline, locks, request_hash, feed_seq)
            values (:id, 'b', 't', 'p', 'SUCCEEDED', '{}', 'x', :at, :at, :at, '[]', 'h', 3)
            """)
        .param("id", id)
        .param("at", Runs.utc(ended))
        .update();
    jdbc.sql(
            """
            insert into run_step (id, run_id, seq, element, place, attempt, execution, kind, title,
              host, state, prepared, undone, awaits_person, ending, requested_at, out_bytes, err_bytes)
            values (:id, :id, 1, 'e', 'p', 1, 'x', 'k', 't', 'h', :state, '{}', false, false, false,
              :at, 0, 0)
            """)
        .param("id", id)
        .param("state", state)
        .param("at", Runs.utc(ended))
        .update();
    List<String> types = List.of("RUN", "STDOUT", "STDERR");
    for (int seq = 1; seq <= types.size(); seq++) {
      jdbc.sql(
              "insert into run_feed (run_id, seq, type, body, at) values (:id, :seq, :type, '', :at)")
          .param("id", id)
          .param("seq", seq)
          .param("type", types.get(seq - 1))
          .param("at", Runs.utc(ended))
          .update();
    }
  }
}
