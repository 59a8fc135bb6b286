package org.runwright.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.flywaydb.core.Flyway;
import org.runwright.bench.MillionSteps;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Measures lists, searches and one run's steps over many runs: fills an empty database, then prints
 * the median and the worst of 20 calls each, in milliseconds. Arguments: JDBC URL, user, password,
 * number of runs. A database that is filled already is measured as it is.
 */
final class SearchBench {

  private static final int CALLS = 20;
  private static final int STEPS_PER_RUN = 6;
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");

  private SearchBench() {}

  public static void main(String[] arguments) throws Exception {
    try (HikariDataSource database = new HikariDataSource()) {
      database.setJdbcUrl(arguments[0]);
      database.setUsername(arguments[1]);
      database.setPassword(arguments[2]);
      Flyway.configure().dataSource(database).load().migrate();
      fill(database, Integer.parseInt(arguments[3]));
      measure(database, Integer.parseInt(arguments[3]));
    }
  }

  private static void fill(HikariDataSource database, int runs) throws SQLException {
    JdbcTemplate sql = new JdbcTemplate(database);
    if (runs == 0 || sql.queryForObject("select count(*) from run", Integer.class) > 0) {
      return;
    }
    long start = System.nanoTime();
    new MillionSteps(database, new MillionSteps.Counts(runs, STEPS_PER_RUN, 0, 200, END)).fill();
    sql.execute("analyze");
    System.out.printf("filled in %d s%n", Duration.ofNanos(System.nanoTime() - start).toSeconds());
  }

  private static void measure(HikariDataSource database, int runs) throws Exception {
    JdbcClient jdbc = JdbcClient.create(database);
    Json json =
        new Json(
            JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .build());
    Runs all = new Runs(jdbc, json);
    RunSearch search = new RunSearch(jdbc, all, new RunTerms(jdbc, new JdbcTemplate(database)));
    StepPages pages = new StepPages(jdbc, json);
    MillionSteps rows =
        new MillionSteps(database, new MillionSteps.Counts(runs, STEPS_PER_RUN, 0, 200, END));
    String middle = rows.runId(runs / 2);
    Map<String, Callable<Integer>> calls = new LinkedHashMap<>();
    RunFilter none = RunFilter.ALL;
    calls.put("list, first page", () -> search.list(none, Optional.empty(), 51).size());
    calls.put("list, page in the middle", () -> search.list(none, Optional.of(middle), 51).size());
    Map<String, RunFilter> filters = filters();
    filters.forEach(
        (name, filter) -> calls.put(name, () -> search.list(filter, Optional.empty(), 51).size()));
    calls.put(
        "one run: head, groups, steps",
        () -> {
          all.get(middle);
          return pages.groups(middle).size() + pages.first(middle, 60).size();
        });
    calls.forEach(SearchBench::print);
  }

  private static Map<String, RunFilter> filters() {
    Map<String, RunFilter> filters = new LinkedHashMap<>();
    RunFilter none = RunFilter.ALL;
    filters.put("state FAILED", none.in(Set.of(RunState.FAILED)));
    filters.put("state RUNNING (none)", none.in(Set.of(RunState.RUNNING)));
    filters.put("runbook", filter("rotate-logs", null, null, null, null));
    filters.put("person", filter(null, "operator7", null, null, null));
    filters.put("person who never asked", filter(null, "nobody", null, null, null));
    filters.put(
        "runbook, person, state",
        filter("rotate-logs", "operator7", null, null, null).in(Set.of(RunState.CANCELLED)));
    filters.put(
        "runbook, state that it never had",
        filter("rotate-logs", null, null, null, null).in(Set.of(RunState.REJECTED)));
    filters.put("host", filter(null, null, "host42", null, null));
    filters.put("service (every run)", filter(null, null, null, "database", null));
    filters.put(
        "host and service and FAILED",
        filter(null, null, "host42", "crm", null).in(Set.of(RunState.FAILED)));
    filters.put("one rare word", filter(null, null, null, null, "CHG-000777"));
    filters.put("one word of every run", filter(null, null, null, null, "because"));
    filters.put("two words", filter(null, null, null, null, "word42 rotate"));
    filters.put("a word that no run has", filter(null, null, null, null, "nonsense"));
    filters.put(
        "two common words that never meet", filter(null, null, null, null, "rotate recover"));
    filters.put(
        "a word of every run, rare state",
        filter(null, null, null, null, "because").in(Set.of(RunState.REJECTED)));
    filters.put(
        "a word of every run, person, state",
        filter(null, "operator7", null, null, "because").in(Set.of(RunState.CANCELLED)));
    filters.put(
        "one month in the past",
        new RunFilter(
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.of(END.minus(Duration.ofDays(200))),
            Optional.of(END.minus(Duration.ofDays(170))),
            Optional.empty(),
            Optional.empty(),
            Optional.of("because")));
    return filters;
  }

  private static RunFilter filter(
      String runbook, String person, String host, String service, String text) {
    return new RunFilter(
        Optional.ofNullable(runbook),
        Set.of(),
        Optional.ofNullable(person),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(host),
        Optional.ofNullable(service),
        Optional.ofNullable(text));
  }

  private static void print(String name, Callable<Integer> call) {
    try {
      long[] nanos = new long[CALLS];
      int rows = 0;
      for (int i = 0; i < CALLS; i++) {
        long start = System.nanoTime();
        rows = call.call();
        nanos[i] = System.nanoTime() - start;
      }
      long first = nanos[0];
      Arrays.sort(nanos);
      System.out.printf(
          "%-40s median %7.1f ms  worst %7.1f ms  first %7.1f ms  %d rows%n",
          name, nanos[CALLS / 2] / 1e6, nanos[CALLS - 1] / 1e6, first / 1e6, rows);
    } catch (Exception e) {
      throw new IllegalStateException(name, e);
    }
  }
}
