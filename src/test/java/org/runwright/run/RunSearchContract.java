package org.runwright.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.runwright.bench.MillionSteps;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What searches for runs promise, on any database. */
abstract class RunSearchContract {

  private static final int RUNS = 300;
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");

  private final DataSource database = database();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final Json json = new Json(JsonMapper.builder().build());
  private final Runs runs = new Runs(jdbc, json);
  private final RunTerms terms = new RunTerms(jdbc, new JdbcTemplate(database));
  private final RunSearch search = new RunSearch(jdbc, runs, terms);
  private final MillionSteps filled =
      new MillionSteps(database, new MillionSteps.Counts(RUNS, 3, 0, 10, END));

  abstract DataSource database();

  @BeforeEach
  void fill() throws SQLException {
    Flyway.configure().dataSource(database).load().migrate();
    filled.fill();
  }

  @Test
  void pages_follow_each_other_newest_first_whatever_is_asked_for() {
    assertThat(allPages(RunFilter.ALL)).hasSize(RUNS).isSortedAccordingTo(newest());
    RunFilter word = text("because");
    assertThat(allPages(word)).isEqualTo(allPages(RunFilter.ALL));
    assertThat(allPages(word.in(Set.of(RunState.SUCCEEDED)))).hasSizeBetween(RUNS / 2, RUNS - 1);
  }

  @Test
  void each_filter_narrows_and_all_hold_together() {
    Run one = runs.get(filled.runId(100));
    String host =
        jdbc.sql("select host from run_step where run_id = :run order by seq limit 1")
            .param("run", one.id())
            .query(String.class)
            .single();
    RunFilter exact =
        new RunFilter(
            Optional.of(one.runbook()),
            Set.of(one.state()),
            Optional.of(one.requestedBy()),
            Optional.of(one.requestedAt()),
            Optional.of(one.requestedAt().plusMillis(1)),
            Optional.of(host),
            Optional.of("database"),
            Optional.of("CHG-000100 because"));

    assertThat(search.list(exact, Optional.empty(), 10)).containsExactly(one);
    assertThat(search.list(exact.in(Set.of(RunState.REJECTED)), Optional.empty(), 10)).isEmpty();
    assertThat(search.list(text("CHG-000100 chg-000101"), Optional.empty(), 10)).isEmpty();
    assertThat(search.list(text("chg-00010"), Optional.empty(), 10)).isEmpty();
    assertThat(search.list(text(one.id()), Optional.empty(), 10)).containsExactly(one);
    assertThat(search.list(text("(000100)"), Optional.empty(), 10)).containsExactly(one);
  }

  @Test
  void times_are_exact_within_the_second_and_the_end_is_not_included() {
    Run one = runs.get(filled.runId(7));
    Instant at = one.requestedAt();

    assertThat(between(at, at.plusMillis(1))).containsExactly(one);
    assertThat(between(at.plusMillis(1), at.plusMillis(900))).isEmpty();
    assertThat(between(at.minusMillis(900), at)).isEmpty();
  }

  @Test
  void a_run_is_found_by_its_words_before_and_after_it_ended() {
    Run one = runs.get(filled.runId(RUNS - 1));
    jdbc.sql("delete from run_term where run_id = :run").param("run", one.id()).update();
    jdbc.sql("update run set state = 'RUNNING', reason = 'Größe ändern: disk_2' where id = :run")
        .param("run", one.id())
        .update();
    for (String words : List.of("größe", "ÄNDERN", "disk_2", "disk", "2 größe")) {
      assertThat(ids(text(words))).as(words).containsExactly(one.id());
      assertThat(ids(text(words).in(Set.of(RunState.SUCCEEDED)))).as(words).isEmpty();
    }

    runs.setState(one.id(), RunState.FAILED, null, END);
    assertThat(ids(text("größe"))).isEmpty();
    terms.ended(new RunEnded(runs.get(one.id())));

    for (String words : List.of("größe", "ÄNDERN", "disk_2", "disk", "2 größe", "host=x größe")) {
      assertThat(ids(text(words))).as(words).hasSize(words.contains("=") ? 0 : 1);
    }
  }

  private List<Run> between(Instant since, Instant until) {
    RunFilter all = RunFilter.ALL;
    return search.list(
        new RunFilter(
            all.runbook(),
            Set.of(),
            all.requestedBy(),
            Optional.of(since),
            Optional.of(until),
            all.host(),
            all.service(),
            all.text()),
        Optional.empty(),
        10);
  }

  private List<String> ids(RunFilter filter) {
    return search.list(filter, Optional.empty(), 10).stream().map(Run::id).toList();
  }

  private List<String> allPages(RunFilter filter) {
    List<String> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    List<Run> page = search.list(filter, after, 37);
    while (!page.isEmpty()) {
      page.forEach(run -> all.add(run.id()));
      after = Optional.of(all.get(all.size() - 1));
      page = search.list(filter, after, 37);
    }
    return all;
  }

  private static Comparator<String> newest() {
    return Comparator.reverseOrder();
  }

  private static RunFilter text(String words) {
    return new RunFilter(
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(words));
  }
}
