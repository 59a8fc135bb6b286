package org.runwright.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * An index of the words of runs that have ended, one row per word and run: the only way to find a
 * word among hundreds of thousands of runs within milliseconds on H2 and PostgreSQL alike. ({@code
 * like '%word%'} reads every row; the full-text searches of the two are different, and H2's sorts
 * by nothing.) It is written once, when the run ends, so that no step pays for it; the few runs
 * that have not ended are searched in memory. Thread-safe.
 */
@Repository
class RunTerms {

  private static final int AT_ONCE = 500;
  private static final int MANY = 2000;

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  RunTerms(JdbcClient jdbc, JdbcTemplate batches) {
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /** In the transaction in which the run ends, once. */
  @EventListener
  void ended(RunEnded event) {
    index(event.run());
  }

  void index(Run run) {
    Set<String> terms = of(List.of(run)).get(run.id());
    batches.batchUpdate(
        "insert into run_term (term, run_id) values (?, ?)",
        terms,
        AT_ONCE,
        (row, term) -> {
          row.setString(1, term);
          row.setString(2, run.id());
        });
  }

  /** How many runs have the term, or {@value #MANY} if more do. */
  int count(String term) {
    return jdbc.sql(
            "select count(*) from (select 1 from run_term where term = :term limit :many) found")
        .param("term", term)
        .param("many", MANY)
        .query(Integer.class)
        .single();
  }

  /** What each of these runs is found by, as they are now. */
  Map<String, Set<String>> of(Collection<Run> runs) {
    Map<String, SearchTerms> terms = new HashMap<>();
    for (Run run : runs) {
      SearchTerms ofRun = new SearchTerms().add(run.runbook()).add(run.title());
      run.reason().ifPresent(ofRun::add);
      ofRun.add(run.requestedBy());
      run.message().ifPresent(ofRun::add);
      terms.put(run.id(), ofRun);
    }
    if (!runs.isEmpty()) {
      addTargets(terms);
    }
    Map<String, Set<String>> found = new HashMap<>();
    terms.forEach((id, ofRun) -> found.put(id, ofRun.all()));
    return found;
  }

  private void addTargets(Map<String, SearchTerms> terms) {
    jdbc.sql("select distinct run_id, host, service from run_step where run_id in (:runs)")
        .param("runs", terms.keySet())
        .query(
            row -> {
              SearchTerms ofRun = terms.get(row.getString("run_id"));
              ofRun.addHost(row.getString("host"));
              Optional.ofNullable(row.getString("service")).ifPresent(ofRun::addService);
            });
  }
}
