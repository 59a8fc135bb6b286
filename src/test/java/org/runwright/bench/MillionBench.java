package org.runwright.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Target 5: lists, searches and one run, in a PostgreSQL with a million finished steps. */
final class MillionBench {

  private static final int RUNS = 100_000;
  private static final int STEPS = 10;
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
      for (Map.Entry<String, String> request : requests(rows).entrySet()) {
        measure(server, request.getKey(), request.getValue());
      }
    }
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

  private static Map<String, String> requests(MillionSteps rows) {
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

  private void measure(BenchServer server, String what, String path)
      throws IOException, InterruptedException {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < 2 * TIMES; i++) {
      long begin = System.nanoTime();
      server.text(path);
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
