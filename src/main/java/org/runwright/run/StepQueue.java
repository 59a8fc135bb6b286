package org.runwright.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

  private final JdbcClient jdbc;
  private final Clock clock;

  StepQueue(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
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

  /** Renews every lease of the server; steps that are missing in the answer are no longer its. */
  @Transactional
  public Map<String, Long> renew(String node, Duration lease) {
    jdbc.sql("update step_queue set leased_until = :until where leased_by = :node")
        .param("until", now().plus(lease))
        .param("node", node)
        .update();
    return jdbc
        .sql("select * from step_queue where leased_by = :node")
        .param("node", node)
        .query(StepQueue::claim)
        .list()
        .stream()
        .collect(Collectors.toMap(StepClaim::stepId, StepClaim::fence));
  }

  /** Gives every lease of the server back. */
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

  /** Whether the claim holds, which then stays so until the end of the transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean holds(StepClaim claim) {
    return jdbc.sql("select fence from step_queue where step_id = :id for update")
        .param("id", claim.stepId())
        .query(Long.class)
        .optional()
        .equals(Optional.of(claim.fence()));
  }

  /**
   * @throws LeaseLost if the claim does not hold
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void mustHold(StepClaim claim) {
    if (!holds(claim)) {
      throw new LeaseLost(claim.stepId());
    }
  }

  /** The step is to be driven. */
  void add(Step step, Optional<Instant> dueAt, boolean reopened) {
    jdbc.sql(
            """
            insert into step_queue (step_id, run_id, seq, due_at, fence, reopened)
            values (:id, :run, :seq, :due, :fence, :reopened)
            """)
        .param("id", step.id())
        .param("run", step.runId())
        .param("seq", step.seq())
        .param("due", dueAt.map(Runs::utc).orElse(null))
        // Above every lease that a step which is queued again ever had.
        .param("fence", clock.millis())
        .param("reopened", reopened)
        .update();
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
      add(step, Optional.empty(), false);
    }
  }

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
