package org.runwright.chaos;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must not be in the database once every run has ended and the servers are gone. */
final class Leftovers {

  /** Each counts rows that nobody will ever need again. */
  private static final Map<String, String> NOTHING_OF = new LinkedHashMap<>();

  static {
    NOTHING_OF.put("locks held", "select count(*) from run_lock");
    NOTHING_OF.put("runs that have not ended", "select count(*) from run where ended_at is null");
    NOTHING_OF.put(
        "steps that have not ended",
        "select count(*) from run_step where state in ('PENDING', 'RUNNING') or awaits_person = true");
    NOTHING_OF.put("steps in the queue of leases", "select count(*) from step_queue");
    NOTHING_OF.put("process executions", "select count(*) from act_ru_execution");
    NOTHING_OF.put("external tasks", "select count(*) from act_ru_ext_task");
    NOTHING_OF.put(
        "jobs of processes",
        "select count(*) from act_ru_job where process_instance_id_ is not null");
    NOTHING_OF.put("incidents", "select count(*) from act_ru_incident");
  }

  private Leftovers() {}

  static List<Fault> find(String jdbcUrl, int rounds) throws SQLException {
    List<Fault> faults = new ArrayList<>();
    try (Connection connection = connect(jdbcUrl)) {
      for (Map.Entry<String, String> query : NOTHING_OF.entrySet()) {
        long found = count(connection, query.getValue());
        if (found > 0) {
          faults.add(
              new Fault(Fault.Kind.LEFT_BEHIND, found, found + " " + query.getKey() + " left"));
        }
      }
      long runs = count(connection, "select count(*) from run");
      if (runs != rounds) {
        Fault.Kind kind = runs > rounds ? Fault.Kind.EXECUTED_TWICE : Fault.Kind.LOST;
        faults.add(Fault.of(kind, runs + " runs for " + rounds + " requests"));
      }
    }
    return faults;
  }

  private static Connection connect(String jdbcUrl) throws SQLException {
    return jdbcUrl.startsWith("jdbc:h2:")
        ? DriverManager.getConnection(jdbcUrl, "sa", "")
        : DriverManager.getConnection(jdbcUrl);
  }

  private static long count(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
