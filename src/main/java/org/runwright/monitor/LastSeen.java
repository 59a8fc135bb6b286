package org.runwright.monitor;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The state of services and hosts as last seen. Thread-safe. */
@Repository
public class LastSeen {

  private static final int LONGEST_MESSAGE = 2000;

  private final JdbcClient jdbc;

  LastSeen(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public List<ServiceSeen> services() {
    return jdbc.sql("select * from service_last_seen order by service, host")
        .query(
            (row, n) ->
                new ServiceSeen(
                    row.getString("service"),
                    row.getString("host"),
                    ServiceSeen.State.valueOf(row.getString("state")),
                    row.getString("message"),
                    row.getObject("at", OffsetDateTime.class).toInstant()))
        .list();
  }

  public List<HostSeen> hosts() {
    return jdbc.sql("select * from host_last_seen order by host")
        .query(
            (row, n) ->
                new HostSeen(
                    row.getString("host"),
                    row.getBoolean("reachable"),
                    row.getString("message"),
                    row.getObject("at", OffsetDateTime.class).toInstant()))
        .list();
  }

  void put(ServiceSeen seen, String runId) {
    int updated =
        jdbc.sql(
                """
                update service_last_seen set state = :state, message = :message, run_id = :run, at = :at
                where service = :service and host = :host
                """)
            .param("state", seen.state().name())
            .param("message", cut(seen.message()))
            .param("run", runId)
            .param("at", utc(seen.at()))
            .param("service", seen.service())
            .param("host", seen.host())
            .update();
    if (updated == 0) {
      jdbc.sql(
              """
              insert into service_last_seen (service, host, state, message, run_id, at)
              values (:service, :host, :state, :message, :run, :at)
              """)
          .param("state", seen.state().name())
          .param("message", cut(seen.message()))
          .param("run", runId)
          .param("at", utc(seen.at()))
          .param("service", seen.service())
          .param("host", seen.host())
          .update();
    }
  }

  void put(HostSeen seen) {
    int updated =
        jdbc.sql(
                """
                update host_last_seen set reachable = :reachable, message = :message, at = :at
                where host = :host
                """)
            .param("reachable", seen.reachable())
            .param("message", cut(seen.message()))
            .param("at", utc(seen.at()))
            .param("host", seen.host())
            .update();
    if (updated == 0) {
      jdbc.sql(
              """
              insert into host_last_seen (host, reachable, message, at)
              values (:host, :reachable, :message, :at)
              """)
          .param("reachable", seen.reachable())
          .param("message", cut(seen.message()))
          .param("at", utc(seen.at()))
          .param("host", seen.host())
          .update();
    }
  }

  private static String cut(String message) {
    return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
  }

  private static OffsetDateTime utc(Instant time) {
    return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
  }
}
