package org.runwright.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The steps to be driven, and which server has the lease of each. A lease ends by itself, by the
 * database's clock, when its server no longer renews it; the next one has a higher number (a
 * fencing token: Kleppmann, How to do distributed locking, 2016), so that a server which was only
 * asleep is refused when it writes. Thread-safe.
 */
@Repository
public class StepQueue {

  private static final String INSERT =
      """
      insert into step_queue (step_id, run_id, seq, due_at, fence, reopened)
      values (:id, :run, :seq, :due, :fence, :reopened)
      """;

  private final JdbcClient jdbc;
  private final NamedParameterJdbcOperations batch;
  private final Clock clock;

  StepQueue(JdbcClient jdbc, NamedParameterJdbcOperations batch, Clock clock) {
    this.jdbc = jdbc;
    this.batch = batch;
    this.clock = clock;
  }

  /** Leases steps that are due and that nobody has, oldest first, at most so many. */
  @Transactional
  public List<StepClaim> claim(String node, Duration lease, int limit) {
    OffsetDateTime now = now();
    List<String> ids =
        jdbc.sql(
                """
                select step_id from step_queue
                where (due_at is null or due_at <= :now) and (leased_until is null or leased_until < :now)
                order by run_id, seq limit :limit for update skip locked
                """)
            .param("now", now)
            .param("limit", limit)
            .query(String.class)
            .list();
    if (ids.isEmpty()) {
      return List.of();
    }
    jdbc.sql(
            """
            update step_queue set leased_by = :node, leased_until = :until, fence = fence + 1
            where step_id in (:ids)
            """)
        .param("node", node)
        .param("until", now.plus(lease))
        .param("ids", ids)
        .update();
    return jdbc.sql("select * from step_queue where step_id in (:ids) order by run_id, seq")
        .param("ids", ids)
        .query(StepQueue::claim)
        .list();
  }

  /**
   * Renews every lease of the server, but for steps that are just being ended or given up: their
   * turn comes again before the lease is over. Steps that are missing in the answer are no longer
   * its.
   */
  @Transactional
  public Map<String, Long> renew(String node, Duration lease) {
    List<String> ids =
        jdbc.sql(
                """
                select step_id from step_queue where leased_by = :node
                order by step_id for update skip locked
                """)
            .param("node", node)
            .query(String.class)
            .list();
    OffsetDateTime until = now().plus(lease);
    batch.batchUpdate(
        "update step_queue set leased_until = :until where step_id = :id",
        ids.stream()
            .map(id -> new MapSqlParameterSource("id", id).addValue("until", until))
            .toArray(MapSqlParameterSource[]::new));
    return jdbc
        .sql("select * from step_queue where leased_by = :node")
        .param("node", node)
        .query(StepQueue::claim)
        .list()
        .stream()
        .collect(Collectors.toMap(StepClaim::stepId, StepClaim::fence));
  }

  /** Gives every lease of the server back; only while it drives nothing. */
  @Transactional
  public void release(String node) {
    jdbc.sql(
            """
            update step_queue set leased_by = null, leased_until = null, fence = fence + 1
            where leased_by = :node
            """)
        .param("node", node)
        .update();
  }

  /** Those claims that hold, which then stay so until the end of the transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<StepClaim> held(List<StepClaim> claims) {
    Map<String, Long> fences = new HashMap<>();
    jdbc.sql("select step_id, fence from step_queue where step_id in (:ids) for update")
        .param("ids", claims.stream().map(StepClaim::stepId).toList())
        .query((RowCallbackHandler) row -> fences.put(row.getString(1), row.getLong(2)));
    return claims.stream()
        .filter(claim -> Objects.equals(fences.get(claim.stepId()), claim.fence()))
        .toList();
  }

  /**
   * @throws LeaseLost if the claim does not hold
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void mustHold(StepClaim claim) {
    if (held(List.of(claim)).isEmpty()) {
      throw new LeaseLost(claim.stepId());
    }
  }

  /** The steps are to be driven. */
  void add(List<Step> steps, Optional<Instant> dueAt) {
    batch.batchUpdate(
        INSERT,
        steps.stream()
            .map(step -> columns(step, dueAt, false))
            .toArray(MapSqlParameterSource[]::new));
  }

  /** The step, whose outcome was unknown, is to be looked for again. */
  void addReopened(Step step) {
    batch.update(INSERT, columns(step, Optional.empty(), true));
  }

  private MapSqlParameterSource columns(Step step, Optional<Instant> dueAt, boolean reopened) {
    return new MapSqlParameterSource()
        .addValue("id", step.id())
        .addValue("run", step.runId())
        .addValue("seq", step.seq())
        .addValue("due", dueAt.map(Runs::utc).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE)
        // Above every lease that a step which is queued again ever had.
        .addValue("fence", clock.millis())
        .addValue("reopened", reopened);
  }

  /** The step is to be driven by whoever comes next: a lease that someone has of it is void. */
  void addOrRevoke(Step step) {
    int known =
        jdbc.sql(
                """
                update step_queue set leased_by = null, leased_until = null, due_at = null,
                  fence = fence + 1
                where step_id = :id
                """)
            .param("id", step.id())
            .update();
    if (known == 0) {
      add(List.of(step), Optional.empty());
    }
  }

  /**
   * The step is no longer to be driven.
   *
   * @return whether the claim held
   */
  boolean remove(StepClaim claim) {
    return jdbc.sql("delete from step_queue where step_id = :id and fence = :fence")
            .param("id", claim.stepId())
            .param("fence", claim.fence())
            .update()
        == 1;
  }

  /** The step is no longer to be driven, whoever has it. */
  void remove(String stepId) {
    jdbc.sql("delete from step_queue where step_id = :id").param("id", stepId).update();
  }

  private OffsetDateTime now() {
    return jdbc.sql("select current_timestamp").query(OffsetDateTime.class).single();
  }

  private static StepClaim claim(ResultSet row, int number) throws SQLException {
    return new StepClaim(
        row.getString("step_id"),
        row.getString("run_id"),
        row.getLong("fence"),
        row.getBoolean("reopened"));
  }
}
