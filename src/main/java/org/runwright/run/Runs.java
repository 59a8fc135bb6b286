package org.runwright.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All runs, past and present. Thread-safe. */
@Repository
public class Runs {

  private final JdbcClient jdbc;
  private final Json json;

  Runs(JdbcClient jdbc, Json json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  public Optional<Run> find(String id) {
    return jdbc.sql("select * from run where id = :id").param("id", id).query(this::run).optional();
  }

  /**
   * @throws RunRefused if there is no such run
   */
  public Run get(String id) {
    return find(id)
        .orElseThrow(() -> new RunRefused(RunRefused.Cause.NOT_FOUND, "there is no run " + id));
  }

  /** The run under the lock of its row, which also orders everything that is done to the run. */
  Run lock(String id) {
    return jdbc.sql("select * from run where id = :id for update")
        .param("id", id)
        .query(this::run)
        .optional()
        .orElseThrow(() -> new RunRefused(RunRefused.Cause.NOT_FOUND, "there is no run " + id));
  }

  List<Run> queued() {
    return jdbc.sql("select * from run where state = 'QUEUED' order by requested_at, id")
        .query(this::run)
        .list();
  }

  List<String> overdue(Instant now) {
    return jdbc.sql(
            """
            select id from run where deadline < :now
              and state in ('QUEUED', 'AWAITING_APPROVAL', 'RUNNING', 'SUSPENDED') limit 100
            """)
        .param("now", utc(now))
        .query(String.class)
        .list();
  }

  Optional<IdempotentRun> byKey(String person, String key) {
    return jdbc.sql(
            "select id, request_hash from run where requested_by = :who and idempotency_key = :key")
        .param("who", person)
        .param("key", key)
        .query((row, n) -> new IdempotentRun(row.getString("id"), row.getString("request_hash")))
        .optional();
  }

  void add(Run run, Optional<String> idempotencyKey, String requestHash) {
    jdbc.sql(
            """
            insert into run (id, runbook, title, process, state, inputs, reason, requested_by,
              requested_at, deadline, locks, idempotency_key, request_hash, feed_seq)
            values (:id, :runbook, :title, :process, :state, :inputs, :reason, :who,
              :at, :deadline, :locks, :key, :hash, 0)
            """)
        .param("id", run.id())
        .param("runbook", run.runbook())
        .param("title", run.title())
        .param("process", run.process())
        .param("state", run.state().name())
        .param("inputs", json.write(run.inputs()))
        .param("reason", run.reason().orElse(null))
        .param("who", run.requestedBy())
        .param("at", utc(run.requestedAt()))
        .param("deadline", utc(run.deadline()))
        .param("locks", json.write(run.locks()))
        .param("key", idempotencyKey.orElse(null))
        .param("hash", requestHash)
        .update();
  }

  void setProcessInstance(String id, String processInstance) {
    jdbc.sql("update run set process_instance = :instance where id = :id")
        .param("instance", processInstance)
        .param("id", id)
        .update();
  }

  void setCancelledBy(String id, String person) {
    jdbc.sql("update run set cancelled_by = :who where id = :id")
        .param("who", person)
        .param("id", id)
        .update();
  }

  void setMessage(String id, String message) {
    jdbc.sql("update run set message = :message where id = :id")
        .param("message", message)
        .param("id", id)
        .update();
  }

  void setState(String id, RunState state, @Nullable String waitsFor, Instant now) {
    jdbc.sql(
            """
            update run set state = :state, waits_for = :waits,
              started_at = case when started_at is null and :starts then :now else started_at end,
              ended_at = case when :ends then :now else ended_at end
            where id = :id
            """)
        .param("state", state.name())
        .param("waits", waitsFor)
        .param("starts", state == RunState.RUNNING)
        .param("ends", state.ended())
        .param("now", utc(now))
        .param("id", id)
        .update();
  }

  void setEndState(String id, RunState end) {
    jdbc.sql("update run set end_state = :end where id = :id")
        .param("end", end.name())
        .param("id", id)
        .update();
  }

  Optional<RunState> endState(String id) {
    return jdbc.sql("select end_state from run where id = :id and end_state is not null")
        .param("id", id)
        .query(String.class)
        .optional()
        .map(RunState::valueOf);
  }

  void setWaitsFor(String id, @Nullable String waitsFor) {
    jdbc.sql("update run set waits_for = :waits where id = :id")
        .param("waits", waitsFor)
        .param("id", id)
        .update();
  }

  Run run(ResultSet row, int number) throws SQLException {
    return new Run(
        row.getString("id"),
        row.getString("runbook"),
        row.getString("title"),
        row.getString("process"),
        Optional.ofNullable(row.getString("process_instance")),
        RunState.valueOf(row.getString("state")),
        json.map(row.getString("inputs")),
        Optional.ofNullable(row.getString("reason")),
        row.getString("requested_by"),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        time(row, "started_at"),
        time(row, "ended_at"),
        row.getObject("deadline", OffsetDateTime.class).toInstant(),
        json.list(row.getString("locks")),
        Optional.ofNullable(row.getString("waits_for")),
        Optional.ofNullable(row.getString("message")),
        Optional.ofNullable(row.getString("cancelled_by")));
  }

  static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static OffsetDateTime utc(Instant time) {
    return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
  }

  record IdempotentRun(String id, String requestHash) {}
}
