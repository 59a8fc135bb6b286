package org.runwright.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** Steps as rows of the journal's table, and back. */
final class StepRows implements RowMapper<Step> {

  private final Json json;

  StepRows(Json json) {
    this.json = json;
  }

  /** A step that has not begun. */
  static Step pending(String id, NewStep step, String place, int attempt, int seq, Instant now) {
    return new Step(
        id,
        step.runId(),
        seq,
        step.element(),
        place,
        attempt,
        step.engineWait(),
        step.prepared(),
        step.level(),
        StepState.PENDING,
        step.undoOf(),
        false,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        now,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        0,
        0,
        step.retryPauses(),
        Optional.empty());
  }

  /** The columns of a step that is new. */
  SqlParameterSource columns(Step step) {
    return new MapSqlParameterSource()
        .addValue("id", step.id())
        .addValue("run", step.runId())
        .addValue("seq", step.seq())
        .addValue("element", step.element())
        .addValue("place", step.place())
        .addValue("attempt", step.attempt())
        .addValue("activity", step.engineWait().activity())
        .addValue("task", step.engineWait().task())
        .addValue("atOnce", step.engineWait().atOnce().orElse(null), Types.INTEGER)
        .addValue("kind", step.prepared().kind())
        .addValue("title", step.prepared().title())
        .addValue("host", step.prepared().host())
        .addValue("service", step.prepared().service().orElse(null))
        .addValue("level", step.level().orElse(null))
        .addValue("prepared", json.write(step.prepared()))
        .addValue("undoOf", step.undoOf().orElse(null))
        .addValue("now", Runs.utc(step.requestedAt()))
        .addValue("pauses", pauses(step.retryPauses()));
  }

  @Override
  public Step mapRow(ResultSet row, int number) throws SQLException {
    return new Step(
        row.getString("id"),
        row.getString("run_id"),
        row.getInt("seq"),
        row.getString("element"),
        row.getString("place"),
        row.getInt("attempt"),
        new EngineWait(
            row.getString("execution"),
            row.getString("task"),
            Optional.ofNullable(row.getObject("at_once", Integer.class))),
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
        row.getLong("err_bytes"),
        row.getLong("out_left_out"),
        row.getLong("err_left_out"),
        pauses(row.getString("retry_pauses")),
        Optional.ofNullable(row.getString("node")));
  }

  private static @Nullable String pauses(List<Duration> pauses) {
    return pauses.isEmpty()
        ? null
        : pauses.stream().map(Duration::toString).collect(Collectors.joining(","));
  }

  private static List<Duration> pauses(@Nullable String text) {
    return text == null ? List.of() : Stream.of(text.split(",")).map(Duration::parse).toList();
  }
}
