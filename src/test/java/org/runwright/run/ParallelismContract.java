package org.runwright.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.runwright.lab.TestTables;
import org.runwright.step.PreparedStep;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** That no more steps of an element are in the queue than may be under way, on any database. */
abstract class ParallelismContract {

  private static final EngineWait TWO_AT_ONCE = new EngineWait("activity", "task", Optional.of(2));

  private TestTables tables;
  private JdbcClient jdbc;
  private Steps steps;
  private StepQueue queue;
  private Parallelism parallelism;

  abstract TestTables tables();

  @BeforeEach
  void open() {
    tables = tables();
    jdbc = tables.jdbc();
    NamedParameterJdbcTemplate batch = new NamedParameterJdbcTemplate(tables.dataSource());
    steps = new Steps(jdbc, batch, new Json(JsonMapper.builder().findAndAddModules().build()));
    queue = new StepQueue(jdbc, batch, Clock.systemUTC());
    parallelism = new Parallelism(jdbc, steps, queue);
    jdbc.sql(
            """
            insert into run (id, runbook, title, process, state, inputs, requested_by, requested_at,
              deadline, locks, request_hash, feed_seq)
            values ('r', 'b', 't', 'p', 'RUNNING', '{}', 'who', current_timestamp,
              current_timestamp, '[]', 'h', 0)
            """)
        .update();
  }

  @AfterEach
  void close() {
    tables.close();
  }

  @Test
  void only_so_many_are_filed_and_each_that_ends_makes_room_for_the_next() {
    open(1, 5, TWO_AT_ONCE);
    assertThat(queued()).containsExactly("s1", "s2");
    assertThat(next()).isFalse();

    ends("s2");

    assertThat(next()).isTrue();
    assertThat(queued()).containsExactly("s1", "s3");
    ends("s1");
    ends("s3");
    assertThat(next()).isTrue();
    assertThat(queued()).containsExactly("s4", "s5");
    ends("s4");
    assertThat(next()).isFalse();
  }

  @Test
  void other_elements_and_visits_have_room_of_their_own() {
    open(1, 3, TWO_AT_ONCE);
    open(4, 6, new EngineWait("other", "task", Optional.of(1)));
    open(7, 9, new EngineWait("all", "task"));

    assertThat(queued()).containsExactly("s1", "s2", "s4", "s7", "s8", "s9");
  }

  @Test
  void a_step_that_was_cancelled_before_it_was_filed_never_is() {
    open(1, 4, TWO_AT_ONCE);
    steps.cancelPending("s3", Instant.now());
    ends("s1");

    assertThat(next()).isTrue();
    assertThat(queued()).containsExactly("s2", "s4");
  }

  private void open(int from, int to, EngineWait wait) {
    List<Step> opened =
        IntStream.rangeClosed(from, to).mapToObj(seq -> pending(seq, wait)).toList();
    steps.add(opened);
    tables.transactions().executeWithoutResult(status -> parallelism.file(opened));
  }

  private static Step pending(int seq, EngineWait wait) {
    PreparedStep prepared =
        new PreparedStep(
            "run-command",
            "t",
            "h" + seq,
            Optional.empty(),
            "true",
            List.of(),
            false,
            Duration.ofSeconds(1),
            false,
            Optional.empty());
    NewStep step =
        new NewStep("r", "e", "", wait, prepared, Optional.empty(), Optional.empty(), List.of());
    return StepRows.pending("s" + seq, step, "place" + seq, 1, seq, Instant.now());
  }

  private boolean next() {
    return Boolean.TRUE.equals(
        tables.transactions().execute(status -> parallelism.fileNext(TWO_AT_ONCE)));
  }

  private void ends(String id) {
    jdbc.sql("update run_step set state = 'SUCCEEDED' where id = :id").param("id", id).update();
    queue.remove(id);
  }

  private List<String> queued() {
    return jdbc.sql("select step_id from step_queue order by step_id").query(String.class).list();
  }
}
