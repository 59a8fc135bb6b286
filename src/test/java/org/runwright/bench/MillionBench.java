package org.runwright.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Target 5: lists, searches and one run, in a PostgreSQL with a million finished steps. */
final class MillionBench {

  private static final int RUNS = 100_000;
  private static final int STEPS = 10;
  private static final Duration KEPT = Duration.ofDays(180);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String FAST = "&reWriteBatchedInserts=true";
  private static final int TIMES = 40;
  private static final double MOST_MILLISECONDS = 100;

  private final Farm farm;
  private final Table table;

  MillionBench(Farm farm, Table table) {
    this.farm = farm;
    this.table = table;
  }

  void run() throws IOException, InterruptedException {
    Map<String, String> settings = Database.POSTGRESQL.settings();
    requests(settings);
    cleanUp(settings);
  }

  private void requests(Map<String, String> settings) throws IOException, InterruptedException {
    try (BenchServer server = BenchServer.start(farm, settings)) {
      MillionSteps rows;
      long begin = System.nanoTime();
      try {
        rows = fill(new DriverManagerDataSource(settings.get("spring.datasource.url") + FAST));
      } catch (SQLException e) {
        throw new IOException("cannot fill the database", e);
      }
      Table.progress(
          "%,d steps written in %s s".formatted(RUNS * STEPS, seconds(System.nanoTime() - begin)));
      Browser browser = Browser.loggedIn(server);
      for (Map.Entry<String, String> request : paths(rows).entrySet()) {
        measure(server, browser, request.getKey(), request.getValue());
      }
    }
  }

  /** Half of the runs are deleted by a server that is told to keep the other half. */
  private void cleanUp(Map<String, String> settings) throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("runwright.retention.runs", KEPT.toString());
    all.put("runwright.schedule.housekeeping", "0/5 * * * * ?");
    JdbcClient database =
        JdbcClient.create(new DriverManagerDataSource(settings.get("spring.datasource.url")));
    OffsetDateTime oldest = OffsetDateTime.now(ZoneOffset.UTC).minus(KEPT);
    long due = count(database, oldest);
    try (BenchServer server = BenchServer.start(farm, all)) {
      long before = count(database, oldest);
      long begin = System.nanoTime();
      long left = before;
      while (left > before / 10) {
        if (System.nanoTime() - begin > LIMIT.toNanos()) {
          throw new IOException(left + " runs were not deleted after " + LIMIT);
        }
        BenchServer.pause(Duration.ofMillis(200));
        left = count(database, oldest);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      table.add(
          Row.atLeast(
              5,
              "clean-up, runs of %d steps deleted in a day at this rate (%,d of %,d in %.0f s)"
                  .formatted(STEPS, before - left, due, seconds),
              Math.round((before - left) / seconds * 86_400),
              100_000,
              ""));
    }
  }

  private static long count(JdbcClient database, OffsetDateTime before) {
    return database
        .sql("select count(*) from run where ended_at < :before")
        .param("before", before)
        .query(Long.class)
        .single();
  }

  private static MillionSteps fill(DataSource database) throws SQLException {
    MillionSteps rows =
        new MillionSteps(
            database, new MillionSteps.Counts(RUNS, STEPS, 1, Clock.systemUTC().instant()));
    rows.fill();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum analyze");
    }
    return rows;
  }

  private static Map<String, String> paths(MillionSteps rows) {
    String some = rows.runId(RUNS / 2);
    Map<String, String> requests = new LinkedHashMap<>();
    requests.put("list, first page", "/api/runs?limit=50");
    requests.put("list, a page in the middle", "/api/runs?limit=50&after=" + some);
    requests.put("list by runbook and state", "/api/runs?runbook=rotate-logs&state=FAILED");
    requests.put("list by host", "/api/runs?host=host7");
    requests.put("search, one word of many runs", search("word7"));
    requests.put("search, one run of all", search("chg-050000"));
    requests.put("search, three words", search("operator3 word77 mail"));
    requests.put("search, nothing found", search("nowhere"));
    requests.put("one run, REST", "/api/runs/" + some);
    requests.put("page of runs", "/");
    requests.put("page of runs, search", "/?q=word7");
    requests.put("page of one run", "/runs/" + some);
    return requests;
  }

  private static String search(String words) {
    return "/api/runs?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
  }

  private void measure(BenchServer server, Browser browser, String what, String path)
      throws IOException, InterruptedException {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < 2 * TIMES; i++) {
      long begin = System.nanoTime();
      if (path.startsWith("/api/")) {
        server.text(path);
      } else {
        browser.text(path);
      }
      if (i >= TIMES) {
        times.add((System.nanoTime() - begin) / 1e6);
      }
    }
    Stats stats = Stats.of(times);
    table.add(
        Row.atMost(
            5,
            "%s, median (p95 %.0f ms)".formatted(what, stats.p95()),
            stats.median(),
            MOST_MILLISECONDS,
            " ms"));
  }

  private static long seconds(long nanoseconds) {
    return Duration.ofNanos(nanoseconds).toSeconds();
  }
}
