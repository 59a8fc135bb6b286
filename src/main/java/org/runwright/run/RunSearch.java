package org.runwright.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds runs, newest first, page by page. Ids sort by time, so a page is a range of ids, and every
 * index that a filter may use ends with the id. Thread-safe.
 */
@Repository
public class RunSearch {

  /** More runs than this, not ended, are not searched for words. */
  private static final int MOST_OPEN = 2000;

  private static final Pattern RUN_ID = Pattern.compile("\\d{8}-\\d{6}-[0-9a-f]+");
  private static final Comparator<Run> NEWEST = Comparator.comparing(Run::id).reversed();

  private final JdbcClient jdbc;
  private final Runs runs;
  private final RunTerms terms;

  RunSearch(JdbcClient jdbc, Runs runs, RunTerms terms) {
    this.jdbc = jdbc;
    this.runs = runs;
    this.terms = terms;
  }

  /**
   * Newest first.
   *
   * @param after the id of the last run of the page before; empty for the first page
   * @param limit at most so many
   */
  public List<Run> list(RunFilter filter, Optional<String> after, int limit) {
    Wanted wanted = Wanted.of(filter);
    if (wanted.terms().isEmpty()) {
      return query(narrowed(filter, wanted, after), limit);
    }
    Set<RunState> states =
        filter.states().isEmpty() ? EnumSet.allOf(RunState.class) : filter.states();
    List<Run> found = new ArrayList<>();
    Set<RunState> open = states(states, false);
    if (!open.isEmpty()) {
      found.addAll(openWith(wanted, narrowed(filter.in(open), wanted, after)));
    }
    Set<RunState> ended = states(states, true);
    if (!ended.isEmpty()) {
      // Only runs that have ended are in the index.
      RunFilter past = filter.in(filter.states().isEmpty() ? Set.of() : ended);
      RunQuery query = narrowed(past, wanted, after).having(rarestFirst(wanted.terms()));
      found.addAll(query(query, limit));
    }
    return found.stream().sorted(NEWEST).limit(limit).toList();
  }

  private static RunQuery narrowed(RunFilter filter, Wanted wanted, Optional<String> after) {
    return new RunQuery().where(filter).olderThan(after).withId(wanted.run());
  }

  private static Set<RunState> states(Set<RunState> among, boolean ended) {
    return among.stream().filter(state -> state.ended() == ended).collect(Collectors.toSet());
  }

  private List<Run> openWith(Wanted wanted, RunQuery query) {
    List<Run> open = query(query, MOST_OPEN);
    Map<String, Set<String>> words = terms.of(open);
    return open.stream()
        .filter(run -> words.getOrDefault(run.id(), Set.of()).containsAll(wanted.terms()))
        .toList();
  }

  /** The statement walks the runs of the first term and looks up the others. */
  private List<String> rarestFirst(Set<String> wanted) {
    if (wanted.size() == 1) {
      return List.copyOf(wanted);
    }
    Map<String, Integer> counts = new HashMap<>();
    wanted.forEach(term -> counts.put(term, terms.count(term)));
    return wanted.stream().sorted(Comparator.comparing(counts::get)).toList();
  }

  private List<Run> query(RunQuery query, int limit) {
    return jdbc.sql(query.sql())
        .params(query.parameters())
        .param("limit", limit)
        .query(runs::run)
        .list();
  }

  private record Wanted(Set<String> terms, Optional<String> run) {

    static Wanted of(RunFilter filter) {
      Set<String> terms = new LinkedHashSet<>();
      filter.host().map(SearchTerms::host).ifPresent(terms::add);
      filter.service().map(SearchTerms::service).ifPresent(terms::add);
      filter.text().map(SearchTerms::wanted).ifPresent(terms::addAll);
      Optional<String> run =
          terms.stream().filter(term -> RUN_ID.matcher(term).matches()).findFirst();
      run.ifPresent(terms::remove);
      return new Wanted(terms, run);
    }
  }
}
