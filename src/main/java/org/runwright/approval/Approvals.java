package org.runwright.approval;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The approvals that wait, and the decisions that were made. */
@Repository
class Approvals {

  private final JdbcClient jdbc;

  Approvals(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void open(Approval approval) {
    jdbc.sql(
            """
            insert into approval (id, run_id, people_groups, quorum, four_eyes, plan_text, since_at,
              until_at, waiting)
            values (:id, :run, :groups, :quorum, :fourEyes, :plan, :since, :until, true)
            """)
        .param("id", approval.id())
        .param("run", approval.runId())
        .param("groups", String.join(",", approval.groups()))
        .param("quorum", approval.quorum())
        .param("fourEyes", approval.fourEyes())
        .param("plan", approval.plan())
        .param("since", utc(approval.since()))
        .param("until", utc(approval.until()))
        .update();
  }

  void close(String id) {
    jdbc.sql("update approval set waiting = false where id = :id").param("id", id).update();
  }

  Optional<Approval> waiting(String id) {
    return jdbc.sql("select * from approval where id = :id and waiting = true")
        .param("id", id)
        .query(Approvals::approval)
        .optional();
  }

  List<Approval> waiting() {
    return jdbc.sql("select * from approval where waiting = true order by since_at, id limit 1000")
        .query(Approvals::approval)
        .list();
  }

  void add(Decision decision) {
    jdbc.sql(
            """
            insert into approval_decision (run_id, person, decision, comment, at)
            values (:run, :person, :decision, :comment, :at)
            """)
        .param("run", decision.runId())
        .param("person", decision.person())
        .param("decision", decision.verdict().name())
        .param("comment", decision.comment().orElse(null))
        .param("at", utc(decision.at()))
        .update();
  }

  List<Decision> decisions(String runId) {
    return jdbc.sql("select * from approval_decision where run_id = :run order by at")
        .param("run", runId)
        .query(
            (row, n) ->
                new Decision(
                    row.getString("run_id"),
                    row.getString("person"),
                    Decision.Verdict.valueOf(row.getString("decision")),
                    Optional.ofNullable(row.getString("comment")),
                    time(row, "at")))
        .list();
  }

  private static Approval approval(ResultSet row, int number) throws SQLException {
    return new Approval(
        row.getString("id"),
        row.getString("run_id"),
        List.of(row.getString("people_groups").split(",")),
        row.getInt("quorum"),
        row.getBoolean("four_eyes"),
        row.getString("plan_text"),
        time(row, "since_at"),
        time(row, "until_at"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime utc(Instant time) {
    return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
  }
}
