package org.runwright.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.runwright.backup.Backup.State;
import org.runwright.platform.BackupSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The catalogue. Every change joins the caller's transaction. Thread-safe. */
@Repository
public class Backups {

  private static final int LONGEST_MESSAGE = 2000;
  private static final int MOST_VERIFIED = 10_000;

  private final JdbcClient jdbc;
  private final ObjectMapper mapper;
  private final Clock clock;

  Backups(JdbcClient jdbc, ObjectMapper mapper, Clock clock) {
    this.jdbc = jdbc;
    this.mapper = mapper;
    this.clock = clock;
  }

  public Optional<Backup> find(String id) {
    return jdbc.sql("select * from backup where id = :id")
        .param("id", id)
        .query(this::backup)
        .optional();
  }

  /**
   * The newest first.
   *
   * @param service empty: of all services
   */
  public List<Backup> list(Optional<String> service, int limit) {
    String where = service.isPresent() ? " where service = :service" : "";
    return jdbc.sql("select * from backup" + where + " order by started_at desc, id desc limit :n")
        .param("service", service.orElse(""))
        .param("n", limit)
        .query(this::backup)
        .list();
  }

  /** The newest verified backup of each service that has one. */
  public Map<String, Backup> newestVerified() {
    return jdbc
        .sql(
            """
            select * from backup b where state = 'VERIFIED' and not exists
              (select 1 from backup o where o.service = b.service and o.state = 'VERIFIED'
                and (o.started_at > b.started_at or o.started_at = b.started_at and o.id > b.id))
            """)
        .query(this::backup)
        .list()
        .stream()
        .collect(Collectors.toMap(Backup::service, Function.identity()));
  }

  /** Verified backups of a service that its settings want no more, oldest first. */
  public List<Backup> expired(String service, BackupSettings settings) {
    List<Backup> verified =
        jdbc.sql(
                """
                select * from backup where service = :service and state = 'VERIFIED'
                order by started_at desc, id desc limit :n
                """)
            .param("service", service)
            .param("n", MOST_VERIFIED)
            .query(this::backup)
            .list();
    return KeepRule.expired(verified, settings, clock.instant());
  }

  /** Writes a backup, in place of what an earlier attempt wrote. */
  void put(Backup backup) {
    jdbc.sql("delete from backup where id = :id").param("id", backup.id()).update();
    jdbc.sql(
            """
            insert into backup (id, service, host, kind, path, bytes, sha256, started_at, duration_ms,
              row_counts, state, message, verified_at, drill_ms)
            values (:id, :service, :host, :kind, :path, :bytes, :sha256, :started, :duration,
              :rows, :state, :message, :verified, :drill)
            """)
        .param("id", backup.id())
        .param("service", backup.service())
        .param("host", backup.host())
        .param("kind", backup.kind())
        .param("path", backup.path())
        .param("bytes", backup.bytes())
        .param("sha256", backup.sha256())
        .param("started", utc(backup.startedAt()))
        .param("duration", backup.duration().toMillis())
        .param("rows", write(backup.rowCounts()))
        .param("state", backup.state().name())
        .param("message", backup.message().map(Backups::cut).orElse(null))
        .param("verified", backup.verifiedAt().map(Backups::utc).orElse(null))
        .param("drill", backup.drillDuration().map(Duration::toMillis).orElse(null))
        .update();
  }

  void verified(String id, Duration drill) {
    jdbc.sql(
            """
            update backup set state = 'VERIFIED', verified_at = :at, drill_ms = :drill, message = null
            where id = :id and state <> 'DELETED'
            """)
        .param("id", id)
        .param("at", utc(clock.instant()))
        .param("drill", drill.toMillis())
        .update();
  }

  void failed(String id, String message) {
    jdbc.sql(
            "update backup set state = 'FAILED', message = :message where id = :id and state <> 'DELETED'")
        .param("id", id)
        .param("message", cut(message))
        .update();
  }

  void deleted(String id) {
    jdbc.sql("update backup set state = :state where id = :id")
        .param("id", id)
        .param("state", State.DELETED.name())
        .update();
  }

  private Backup backup(ResultSet row, int number) throws SQLException {
    return new Backup(
        row.getString("id"),
        row.getString("service"),
        row.getString("host"),
        row.getString("kind"),
        row.getString("path"),
        row.getLong("bytes"),
        row.getString("sha256"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        Duration.ofMillis(row.getLong("duration_ms")),
        read(row.getString("row_counts")),
        State.valueOf(row.getString("state")),
        Optional.ofNullable(row.getString("message")),
        Optional.ofNullable(row.getObject("verified_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getObject("drill_ms", Long.class)).map(Duration::ofMillis));
  }

  private String write(RowCounts counts) {
    try {
      return mapper.writeValueAsString(counts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + counts, e);
    }
  }

  private RowCounts read(String text) {
    try {
      return mapper.readValue(text, RowCounts.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database holds JSON that is not of this version", e);
    }
  }

  private static String cut(String message) {
    return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
  }

  private static OffsetDateTime utc(Instant time) {
    return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
  }
}
