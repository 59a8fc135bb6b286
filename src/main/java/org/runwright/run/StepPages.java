package org.runwright.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads the steps of a run as people look at them: in groups and in pages, without the scripts that
 * the journal holds, so that a run of thousands of steps is shown as quickly as one of six.
 * Thread-safe.
 */
@Repository
public class StepPages {

  private static final String COLUMNS =
      """
      select id, seq, element, kind, title, host, service, level_no, state, attempt, changed,
        exit_code, signal, message, result_values, started_at, ended_at, undo_of, awaits_person, node,
        out_left_out, err_left_out
      from run_step
      """;

  /** What needs a person comes first, then what runs. */
  private static final String URGENT_FIRST =
      """
      case when awaits_person = true then 0
        when state in ('FAILED', 'UNKNOWN') then 1
        when state = 'RUNNING' then 2
        when state = 'PENDING' then 3 else 4 end, seq
      """;

  private final JdbcClient jdbc;
  private final Json json;

  StepPages(JdbcClient jdbc, Json json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** The groups of a run's steps, in the order in which they came. */
  public List<StepGroup> groups(String runId) {
    return jdbc.sql(
            """
            select element, level_no, undo, kind, min(seq) as first_seq, min(title) as title,
              max(title) as last_title, count(distinct host) as hosts, %s
              sum(case when changed = true then 1 else 0 end) as changed,
              sum(case when awaits_person = true then 1 else 0 end) as awaiting,
              min(started_at) as started_at, max(ended_at) as ended_at
            from (select s.*, case when s.undo_of is null then 0 else 1 end as undo
              from run_step s where s.run_id = :run) steps
            group by element, level_no, undo, kind order by first_seq
            """
                .formatted(countsOfStates()))
        .param("run", runId)
        .query(StepPages::group)
        .list();
  }

  /** The steps of a run in the order of the journal, at most so many. */
  public List<StepSummary> first(String runId, int limit) {
    return jdbc.sql(COLUMNS + "where run_id = :run order by seq limit :limit")
        .param("run", runId)
        .param("limit", limit)
        .query(this::step)
        .list();
  }

  /** Steps of a group; those that need a person first, then what runs. */
  public List<StepSummary> of(String runId, StepGroup group, int offset, int limit) {
    String undo = group.undo() ? "is not null" : "is null";
    String level = group.level().isPresent() ? "= " + group.level().get() : "is null";
    return jdbc.sql(
            COLUMNS
                + "where run_id = :run and element = :element and kind = :kind and level_no "
                + level
                + " and undo_of "
                + undo
                + " order by "
                + URGENT_FIRST
                + " limit :limit offset :offset")
        .param("run", runId)
        .param("element", group.element())
        .param("kind", group.kind())
        .param("limit", limit)
        .param("offset", offset)
        .query(this::step)
        .list();
  }

  /**
   * A step of a run.
   *
   * @throws RunRefused if the run has no such step
   */
  public StepSummary get(String runId, String stepId) {
    return jdbc.sql(COLUMNS + "where run_id = :run and id = :id")
        .param("run", runId)
        .param("id", stepId)
        .query(this::step)
        .optional()
        .orElseThrow(
            () ->
                new RunRefused(
                    RunRefused.Cause.NOT_FOUND, "run " + runId + " has no step " + stepId));
  }

  /** Steps that wait for a person to retry or skip them, at most so many. */
  public List<StepSummary> awaitingPerson(String runId, int limit) {
    return jdbc.sql(
            COLUMNS + "where run_id = :run and awaits_person = true order by seq limit :limit")
        .param("run", runId)
        .param("limit", limit)
        .query(this::step)
        .list();
  }

  private static String countsOfStates() {
    StringBuilder counts = new StringBuilder();
    for (StepState state : StepState.values()) {
      counts.append(
          "sum(case when state = '%1$s' then 1 else 0 end) as n_%1$s, ".formatted(state.name()));
    }
    return counts.toString();
  }

  private static StepGroup group(ResultSet row, int number) throws SQLException {
    Map<StepState, Integer> steps = new EnumMap<>(StepState.class);
    for (StepState state : StepState.values()) {
      int count = row.getInt("n_" + state.name());
      if (count > 0) {
        steps.put(state, count);
      }
    }
    return new StepGroup(
        row.getInt("first_seq"),
        row.getString("element"),
        Optional.ofNullable(row.getObject("level_no", Integer.class)),
        row.getInt("undo") == 1,
        row.getString("kind"),
        row.getString("title"),
        row.getString("last_title"),
        steps,
        row.getInt("changed"),
        row.getInt("awaiting"),
        row.getInt("hosts"),
        Runs.time(row, "started_at"),
        Runs.time(row, "ended_at"));
  }

  private StepSummary step(ResultSet row, int number) throws SQLException {
    return new StepSummary(
        row.getString("id"),
        row.getInt("seq"),
        row.getString("element"),
        row.getString("kind"),
        row.getString("title"),
        row.getString("host"),
        row.getString("service"),
        row.getObject("level_no", Integer.class),
        StepState.valueOf(row.getString("state")),
        row.getInt("attempt"),
        row.getObject("changed", Boolean.class),
        row.getObject("exit_code", Integer.class),
        row.getString("signal"),
        row.getString("message"),
        Optional.ofNullable(row.getString("result_values")).map(json::texts).orElse(Map.of()),
        Runs.time(row, "started_at").orElse(null),
        Runs.time(row, "ended_at").orElse(null),
        row.getString("undo_of"),
        row.getBoolean("awaits_person"),
        row.getString("node"),
        StepSummary.counted(row.getLong("out_left_out")),
        StepSummary.counted(row.getLong("err_left_out")));
  }
}
