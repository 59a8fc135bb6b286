package org.runwright.run;

import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.runwright.step.StepResult;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of the journal. Whoever writes holds the lock of the run's row. */
@Repository
class Steps {

  private final JdbcClient jdbc;
  private final NamedParameterJdbcOperations batch;
  private final Json json;
  private final StepRows rows;

  Steps(JdbcClient jdbc, NamedParameterJdbcOperations batch, Json json) {
    this.jdbc = jdbc;
    this.batch = batch;
    this.json = json;
    this.rows = new StepRows(json);
  }

  Optional<Step> find(String id) {
    return jdbc.sql("select * from run_step where id = :id")
        .param("id", id)
        .query(rows::mapRow)
        .optional();
  }

  Step get(String runId, String id) {
    return find(id)
        .filter(step -> step.runId().equals(runId))
        .orElseThrow(
            () ->
                new RunRefused(RunRefused.Cause.NOT_FOUND, "run " + runId + " has no step " + id));
  }

  List<Step> find(Collection<String> ids) {
    return jdbc.sql("select * from run_step where id in (:ids) order by run_id, seq")
        .param("ids", ids)
        .query(rows::mapRow)
        .list();
  }

  /** The newest attempt of every step that the engine waits for with this visit of an element. */
  List<Step> latest(String activity) {
    return jdbc.sql(
            """
            select s.* from run_step s where s.execution = :activity and not exists
              (select 1 from run_step t
               where t.run_id = s.run_id and t.place = s.place and t.attempt > s.attempt)
            order by s.seq
            """)
        .param("activity", activity)
        .query(rows::mapRow)
        .list();
  }

  /** The step is waited for with another visit of its element. */
  void moveTo(String id, EngineWait wait) {
    jdbc.sql(
            """
            update run_step set execution = :activity, task = :task, at_once = :atOnce where id = :id
            """)
        .param("activity", wait.activity())
        .param("task", wait.task())
        .param("atOnce", wait.atOnce().orElse(null), Types.INTEGER)
        .param("id", id)
        .update();
  }

  boolean anyUnfinished(String activity) {
    return jdbc.sql(
            """
                select 1 from run_step
                where execution = :activity and state in ('PENDING', 'RUNNING') limit 1
                """)
        .param("activity", activity)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  List<Step> of(String runId) {
    return jdbc.sql("select * from run_step where run_id = :run order by seq")
        .param("run", runId)
        .query(rows::mapRow)
        .list();
  }

  /** The places in the process that an element of a run has steps for. */
  Set<String> places(String runId, String element) {
    return Set.copyOf(
        jdbc.sql("select distinct place from run_step where run_id = :run and element = :element")
            .param("run", runId)
            .param("element", element)
            .query(String.class)
            .list());
  }

  int lastSeq(String runId) {
    return jdbc.sql("select coalesce(max(seq), 0) from run_step where run_id = :run")
        .param("run", runId)
        .query(Integer.class)
        .single();
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

  void add(List<Step> steps) {
    batch.batchUpdate(
        """
        insert into run_step (id, run_id, seq, element, place, attempt, execution, task, at_once,
          kind, title, host, service, level_no, state, prepared, undo_of, undone, awaits_person,
          ending, requested_at, out_bytes, err_bytes, retry_pauses)
        values (:id, :run, :seq, :element, :place, :attempt, :activity, :task, :atOnce,
          :kind, :title, :host, :service, :level, 'PENDING', :prepared, :undoOf, false, false,
          false, :now, 0, 0, :pauses)
        """,
        steps.stream().map(rows::columns).toArray(SqlParameterSource[]::new));
  }

  boolean begin(String id, String node, Instant now) {
    return jdbc.sql(
                """
                update run_step set state = 'RUNNING', started_at = :now, node = :node
                where id = :id and state = 'PENDING' and ending = false
                """)
            .param("id", id)
            .param("node", node)
            .param("now", Runs.utc(now))
            .update()
        == 1;
  }

  void setNode(String id, String node) {
    jdbc.sql("update run_step set node = :node where id = :id")
        .param("node", node)
        .param("id", id)
        .update();
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

  void setOutput(String id, StepOutput.Kept known, long outLeftOut, long errLeftOut) {
    jdbc.sql(
            """
            update run_step set out_bytes = :out, err_bytes = :err,
              out_left_out = out_left_out + :outLeftOut, err_left_out = err_left_out + :errLeftOut
            where id = :id
            """)
        .param("out", known.out())
        .param("err", known.err())
        .param("outLeftOut", outLeftOut)
        .param("errLeftOut", errLeftOut)
        .param("id", id)
        .update();
  }
}
