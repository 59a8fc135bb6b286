package org.runwright.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Which run holds which lock. Who asks does so behind one gate, so that locks are given in the
 * order of arrival on any number of servers.
 */
@Repository
class RunLocks {

  private final JdbcClient jdbc;

  RunLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Until the end of the transaction nobody else is behind the gate. */
  void closeGate() {
    jdbc.sql("select id from run_gate where id = 1 for update").query(Integer.class).single();
  }

  /**
   * Takes the run's locks, all or none.
   *
   * @param ahead runs that wait since longer; what they need is not given away
   * @return why not; empty if the run has its locks now
   */
  Optional<String> take(Run run, List<Run> ahead) {
    Optional<String> held = held(run.id(), run.locks());
    if (held.isPresent()) {
      return held;
    }
    Set<String> wanted = new HashSet<>();
    ahead.forEach(earlier -> wanted.addAll(earlier.locks()));
    for (String lock : run.locks()) {
      if (wanted.contains(lock)) {
        return Optional.of("lock " + lock + ", wanted by a run that came earlier");
      }
    }
    insert(run.id(), run.locks());
    return Optional.empty();
  }

  /**
   * Takes further locks for a run that goes on already, all or none.
   *
   * @return why not; empty if the run has them now
   */
  Optional<String> takeMore(String runId, Collection<String> names) {
    closeGate();
    Optional<String> held = held(runId, names);
    if (held.isEmpty()) {
      Map<String, String> holders = holders();
      insert(runId, names.stream().filter(lock -> !holders.containsKey(lock)).toList());
    }
    return held;
  }

  private Optional<String> held(String runId, Collection<String> names) {
    Map<String, String> holders = holders();
    return names.stream()
        .filter(lock -> !holders.getOrDefault(lock, runId).equals(runId))
        .findFirst()
        .map(lock -> "lock " + lock + ", held by run " + holders.get(lock));
  }

  private void insert(String runId, Collection<String> names) {
    for (String name : names) {
      jdbc.sql("insert into run_lock (name, run_id) values (:name, :run)")
          .param("name", name)
          .param("run", runId)
          .update();
    }
  }

  void release(String runId) {
    jdbc.sql("delete from run_lock where run_id = :run").param("run", runId).update();
  }

  private Map<String, String> holders() {
    Map<String, String> holders = new HashMap<>();
    jdbc.sql("select name, run_id from run_lock")
        .query(
            row -> {
              holders.put(row.getString("name"), row.getString("run_id"));
            });
    return holders;
  }
}
