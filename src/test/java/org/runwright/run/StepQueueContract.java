package org.runwright.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What leases of steps promise, on any database. */
abstract class StepQueueContract {

  private static final Duration LONG = Duration.ofHours(1);

  /** A lease that has run out as soon as it is given. */
  private static final Duration OVER = Duration.ofSeconds(-1);

  private final DataSource database = database();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final StepQueue queue =
      new StepQueue(jdbc, new NamedParameterJdbcTemplate(database), Clock.systemUTC());
  private final TransactionTemplate transactions =
      new TransactionTemplate(new JdbcTransactionManager(database));

  abstract DataSource database();

  @BeforeEach
  void threeSteps() {
    Flyway.configure().dataSource(database).load().migrate();
    jdbc.sql(
            """
            insert into run (id, runbook, title, process, state, inputs, requested_by, requested_at,
              deadline, locks, request_hash, feed_seq)
            values ('r', 'b', 't', 'p', 'RUNNING', '{}', 'who', current_timestamp,
              current_timestamp, '[]', 'h', 0)
            """)
        .update();
    for (int seq = 1; seq <= 3; seq++) {
      jdbc.sql(
              """
              insert into run_step (id, run_id, seq, element, place, attempt, execution, kind,
                title, host, state, prepared, undone, awaits_person, ending, requested_at,
                out_bytes, err_bytes)
              values (:id, 'r', :seq, 'e', :id, 1, 'x', 'k', 't', 'h', 'PENDING', '{}', false,
                false, false, current_timestamp, 0, 0)
              """)
          .param("id", "s" + seq)
          .param("seq", seq)
          .update();
      jdbc.sql(
              """
              insert into step_queue (step_id, run_id, seq, fence, reopened)
              values (:id, 'r', :seq, 0, false)
              """)
          .param("id", "s" + seq)
          .param("seq", seq)
          .update();
    }
  }

  private List<StepClaim> claim(String node, Duration lease, int limit) {
    return transactions.execute(status -> queue.claim(node, lease, limit));
  }

  private boolean holds(StepClaim claim) {
    return Boolean.FALSE.equals(
        transactions.execute(status -> queue.held(List.of(claim)).isEmpty()));
  }

  @Test
  void a_step_is_leased_to_one_server_in_the_order_of_the_journal() {
    assertThat(claim("a", LONG, 2)).extracting(StepClaim::stepId).containsExactly("s1", "s2");
    assertThat(claim("b", LONG, 9)).extracting(StepClaim::stepId).containsExactly("s3");
    assertThat(claim("b", LONG, 9)).isEmpty();
  }

  @Test
  void a_lease_that_ran_out_is_given_to_another_server_and_the_first_is_refused() {
    StepClaim first = claim("a", OVER, 1).get(0);
    assertThat(holds(first)).as("until somebody else has it").isTrue();

    StepClaim second = claim("b", LONG, 1).get(0);

    assertThat(second.stepId()).isEqualTo(first.stepId());
    assertThat(second.fence()).isGreaterThan(first.fence());
    assertThat(holds(second)).isTrue();
    assertThat(holds(first)).isFalse();
    assertThatThrownBy(() -> transactions.executeWithoutResult(s -> queue.mustHold(first)))
        .isInstanceOf(LeaseLost.class);
  }

  @Test
  void a_renewed_lease_stays_and_tells_what_is_still_held() {
    StepClaim kept = claim("a", OVER, 1).get(0);

    Map<String, Long> held = transactions.execute(status -> queue.renew("a", LONG));

    assertThat(held).isEqualTo(Map.of(kept.stepId(), kept.fence()));

    assertThat(claim("b", LONG, 9)).extracting(StepClaim::stepId).containsExactly("s2", "s3");
  }

  @Test
  void what_a_server_gives_back_is_free_at_once_and_its_claims_are_void() {
    StepClaim given = claim("a", LONG, 1).get(0);

    transactions.executeWithoutResult(status -> queue.release("a"));

    assertThat(holds(given)).isFalse();
    assertThat(claim("b", LONG, 1)).extracting(StepClaim::stepId).containsExactly("s1");
  }

  @Test
  void a_step_that_is_not_due_is_left_alone() {
    jdbc.sql("update step_queue set due_at = :due where step_id = 's1'")
        .param("due", Runs.utc(Clock.systemUTC().instant().plus(LONG)))
        .update();

    assertThat(claim("a", LONG, 9)).extracting(StepClaim::stepId).containsExactly("s2", "s3");
  }

  @Test
  void a_step_that_ended_is_held_by_nobody() {
    StepClaim claim = claim("a", LONG, 1).get(0);

    transactions.executeWithoutResult(status -> queue.remove(claim.stepId()));

    assertThat(holds(claim)).isFalse();
  }

  @Test
  void what_another_server_is_just_claiming_is_passed_over_without_waiting() {
    transactions.executeWithoutResult(
        status -> {
          assertThat(queue.claim("a", LONG, 1)).hasSize(1);
          assertThat(inAnotherTransaction()).extracting(StepClaim::stepId).doesNotContain("s1");
        });
  }

  private List<StepClaim> inAnotherTransaction() {
    TransactionTemplate other =
        new TransactionTemplate(
            transactions.getTransactionManager(),
            new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
    return other.execute(status -> queue.claim("b", LONG, 1));
  }
}
