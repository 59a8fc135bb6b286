package org.runwright.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.runwright.step.StepResult;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of the journal. Whoever writes holds the lock of the run's row. */
@Repository
class Steps {

  private final JdbcClient jdbc;
  private final Json json;

  Steps(JdbcClient jdbc, Json json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  Optional<Step> find(String id) {
    return jdbc.sql("select * from run_step where id = :id")
        .param("id", id)
        .query(this::step)
        .optional();
  }

  Step get(String runId, String id) {
    return find(id)
        .filter(step -> step.runId().equals(runId))
        .orElseThrow(
            () ->
                new RunRefused(RunRefused.Cause.NOT_FOUND, "run " + runId + " has no step " + id));
  }

  Optional<Step> latest(String execution) {
    return jdbc.sql(
            "select * from run_step where execution = :execution order by attempt desc limit 1")
        .param("execution", execution)
        .query(this::step)
        .optional();
  }

  List<Step> of(String runId) {
    return jdbc.sql("select * from run_step where run_id = :run order by seq")
        .param("run", runId)
        .query(this::step)
        .list();
  }

  List<Step> ending() {
    return jdbc.sql(
            "select * from run_step where state = 'RUNNING' and ending = true order by id limit 500")
        .query(this::step)
        .list();
  }

  boolean exists(String runId, String place) {
    return jdbc.sql("select count(*) from run_step where run_id = :run and place = :place")
            .param("run", runId)
            .param("place", place)
            .query(Integer.class)
            .single()
        > 0;
  }

  boolean anythingRuns(String runId) {
    return count(runId, "state = 'RUNNING'") > 0;
  }

  boolean anyAwaitsPerson(String runId) {
    return count(runId, "awaits_person = true") > 0;
  }

  boolean anythingUndone(String runId) {
    return count(runId, "undone = true") > 0;
  }

  private int count(String runId, String condition) {
    return jdbc.sql("select count(*) from run_step where run_id = :run and " + condition)
        .param("run", runId)
        .query(Integer.class)
        .single();
  }

  void add(String id, NewStep step, String place, int attempt, String prepared, Instant now) {
    jdbc.sql(
            """
            insert into run_step (id, run_id, seq, element, place, attempt, execution, kind, title,
              host, service, level_no, state, prepared, undo_of, undone, awaits_person, ending,
              requested_at, out_bytes, err_bytes)
            values (:id, :run, (select coalesce(max(s.seq), 0) + 1 from run_step s where s.run_id = :run),
              :element, :place, :attempt, :execution, :kind, :title, :host, :service, :level,
              'PENDING', :prepared, :undoOf, false, false, false, :now, 0, 0)
            """)
        .param("id", id)
        .param("run", step.runId())
        .param("element", step.element())
        .param("place", place)
        .param("attempt", attempt)
        .param("execution", step.execution())
        .param("kind", step.prepared().kind())
        .param("title", step.prepared().title())
        .param("host", step.prepared().host())
        .param("service", step.prepared().service().orElse(null))
        .param("level", step.level().orElse(null))
        .param("prepared", prepared)
        .param("undoOf", step.undoOf().orElse(null))
        .param("now", Runs.utc(now))
        .update();
  }

  boolean begin(String id, Instant now) {
    return jdbc.sql(
                """
                update run_step set state = 'RUNNING', started_at = :now
                where id = :id and state = 'PENDING' and ending = false
                """)
            .param("id", id)
            .param("now", Runs.utc(now))
            .update()
        == 1;
  }

  void end(String id, StepState state, StepResult result, Instant now) {
    jdbc.sql(
            """
            update run_step set state = :state, ending = false, changed = :changed,
              exit_code = :code, signal = :signal, message = :message, result_values = :values,
              ended_at = :now
            where id = :id
            """)
        .param("state", state.name())
        .param("changed", result.changed().orElse(null))
        .param("code", result.exitCode().orElse(null))
        .param("signal", result.signal().orElse(null))
        .param("message", result.message())
        .param("values", json.write(result.values()))
        .param("now", Runs.utc(now))
        .param("id", id)
        .update();
  }

  void skip(String id, Instant now) {
    jdbc.sql(
            """
            update run_step set state = 'SKIPPED', awaits_person = false,
              ended_at = coalesce(ended_at, :now) where id = :id
            """)
        .param("id", id)
        .param("now", Runs.utc(now))
        .update();
  }

  /** Adds to the message of a step, for people. */
  void note(String id, String text) {
    jdbc.sql(
            """
            update run_step set message =
              case when message is null or message = '' then :text else message || '; ' || :text end
            where id = :id
            """)
        .param("text", text)
        .param("id", id)
        .update();
  }

  void cancelPending(String id, Instant now) {
    jdbc.sql(
            """
            update run_step set state = 'CANCELLED', changed = false, ended_at = :now,
              message = 'cancelled before it began' where id = :id
            """)
        .param("id", id)
        .param("now", Runs.utc(now))
        .update();
  }

  void reopen(String id) {
    jdbc.sql(
            """
            update run_step set state = 'RUNNING', awaits_person = false, ended_at = null,
              message = null, changed = null where id = :id
            """)
        .param("id", id)
        .update();
  }

  void markEnding(String id) {
    jdbc.sql("update run_step set ending = true where id = :id").param("id", id).update();
  }

  void markUndone(String id) {
    jdbc.sql("update run_step set undone = true where id = :id").param("id", id).update();
  }

  boolean setAwaitsPerson(String id, boolean awaits) {
    return jdbc.sql("update run_step set awaits_person = :a where id = :id and awaits_person <> :a")
            .param("a", awaits)
            .param("id", id)
            .update()
        == 1;
  }

  void addBytes(String id, long out, long err) {
    jdbc.sql(
            """
            update run_step set out_bytes = out_bytes + :out, err_bytes = err_bytes + :err
            where id = :id
            """)
        .param("out", out)
        .param("err", err)
        .param("id", id)
        .update();
  }

  private Step step(ResultSet row, int number) throws SQLException {
    return new Step(
        row.getString("id"),
        row.getString("run_id"),
        row.getInt("seq"),
        row.getString("element"),
        row.getString("place"),
        row.getInt("attempt"),
        row.getString("execution"),
        json.preparedStep(row.getString("prepared")),
        Optional.ofNullable(row.getObject("level_no", Integer.class)),
        StepState.valueOf(row.getString("state")),
        Optional.ofNullable(row.getString("undo_of")),
        row.getBoolean("undone"),
        row.getBoolean("awaits_person"),
        row.getBoolean("ending"),
        Optional.ofNullable(row.getObject("changed", Boolean.class)),
        Optional.ofNullable(row.getObject("exit_code", Integer.class)),
        Optional.ofNullable(row.getString("signal")),
        Optional.ofNullable(row.getString("message")),
        Optional.ofNullable(row.getString("result_values")).map(json::texts).orElse(Map.of()),
        Runs.time(row, "requested_at").orElseThrow(),
        Runs.time(row, "started_at"),
        Runs.time(row, "ended_at"),
        row.getLong("out_bytes"),
        row.getLong("err_bytes"));
  }
}
