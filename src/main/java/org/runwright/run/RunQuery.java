package org.runwright.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the one statement that finds a page of runs: only the conditions that are asked for. */
final class RunQuery {

  private final List<String> terms = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<String> rows = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();

  /** Only runs that have all these terms; the rarest is best named first. */
  RunQuery having(List<String> wanted) {
    for (String term : wanted) {
      String name = "term" + terms.size();
      terms.add(name);
      parameters.put(name, term);
    }
    return this;
  }

  RunQuery where(RunFilter filter) {
    filter.runbook().ifPresent(id -> row("runbook = :runbook", "runbook", id));
    filter.requestedBy().ifPresent(who -> row("requested_by = :who", "who", who));
    List<String> states = filter.states().stream().map(Enum::name).sorted().toList();
    if (states.size() == 1) {
      row("state = :state", "state", states.get(0));
    } else if (states.size() > 1) {
      row("state in (:states)", "states", states);
    }
    filter.since().ifPresent(this::since);
    filter.until().ifPresent(this::until);
    return this;
  }

  RunQuery olderThan(Optional<String> after) {
    after.ifPresent(id -> id("< :after", "after", id));
    return this;
  }

  RunQuery withId(Optional<String> run) {
    run.ifPresent(id -> id("= :id", "id", id));
    return this;
  }

  String sql() {
    return "select r.* from (%s limit :limit) found join run r on r.id = found.id order by r.id desc"
        .formatted(terms.isEmpty() ? overRuns() : overTerms());
  }

  Map<String, Object> parameters() {
    return parameters;
  }

  private String overRuns() {
    List<String> conditions = new ArrayList<>(rows);
    ids.forEach(condition -> conditions.add("id " + condition));
    return "select id from run%s order by id desc".formatted(where(conditions));
  }

  private String overTerms() {
    List<String> conditions = new ArrayList<>();
    conditions.add("t.term = :" + terms.get(0));
    ids.forEach(condition -> conditions.add("t.run_id " + condition));
    for (String other : terms.subList(1, terms.size())) {
      conditions.add(
          "exists (select 1 from run_term u where u.term = :%s and u.run_id = t.run_id)"
              .formatted(other));
    }
    if (!rows.isEmpty()) {
      conditions.add(
          "exists (select 1 from run where id = t.run_id and %s)"
              .formatted(String.join(" and ", rows)));
    }
    return "select t.run_id as id from run_term t%s order by t.run_id desc"
        .formatted(where(conditions));
  }

  private static String where(List<String> conditions) {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  /** The range of ids finds the place in an index; the time says it to the microsecond. */
  private void since(Instant time) {
    id(">= :lowest", "lowest", RunIds.lowest(time));
    row("requested_at >= :since", "since", Runs.utc(time));
  }

  private void until(Instant time) {
    id("< :highest", "highest", RunIds.highest(time));
    row("requested_at < :until", "until", Runs.utc(time));
  }

  private void row(String condition, String name, Object value) {
    rows.add(condition);
    parameters.put(name, value);
  }

  private void id(String condition, String name, Object value) {
    ids.add(condition);
    parameters.put(name, value);
  }
}
