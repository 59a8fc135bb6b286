package org.runwright.bench;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Target 3: short runs per second, and how soon the first command of a run starts. */
final class RunsBench {

  private static final int MANY = 300;
  private static final int WARM_UP = 100;
  private static final int CLIENTS = 8;
  private static final int SINGLE = 60;
  private static final double MOST_MILLISECONDS = 50;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Farm farm;
  private final Table table;

  RunsBench(Farm farm, Table table) {
    this.farm = farm;
    this.table = table;
  }

  void run() throws IOException, InterruptedException {
    for (Database database : Database.values()) {
      try (BenchServer server = BenchServer.start(farm, database.settings())) {
        many(server, WARM_UP);
        double perSecond = MANY / many(server, MANY);
        table.add(
            Row.compared(
                3,
                "runs of three steps on one host, " + database.label,
                Row.number(perSecond) + " per second"));
        Stats latency = Stats.of(latencies(server));
        table.add(
            Row.atMost(
                3,
                "from 202 to the first command, median, %s (p95 %.1f ms)"
                    .formatted(database.label, latency.p95()),
                latency.median(),
                MOST_MILLISECONDS,
                " ms"));
      }
    }
  }

  /** Seconds until so many runs have ended. */
  private double many(BenchServer server, int count) throws IOException, InterruptedException {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      long begin = System.nanoTime();
      List<Future<String>> asked = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        asked.add(clients.submit(() -> submit(server)));
      }
      for (Future<String> run : asked) {
        run.get();
      }
      server.awaitAll(LIMIT);
      return (System.nanoTime() - begin) / 1e9;
    } catch (ExecutionException e) {
      throw new IOException("a run was refused", e);
    } finally {
      clients.shutdownNow();
    }
  }

  private String submit(BenchServer server) throws IOException, InterruptedException {
    return server.submit(Models.THREE, Map.of("host", farm.hosts().get(0)));
  }

  private List<Double> latencies(BenchServer server) throws IOException, InterruptedException {
    List<Double> latencies = new ArrayList<>();
    for (int i = 0; i < SINGLE; i++) {
      String run = submit(server);
      Instant accepted = Clock.systemUTC().instant();
      server.awaitEnd(run, LIMIT);
      Instant began = time(server.text("/api/runs/" + run + "/log"));
      latencies.add(Duration.between(accepted, began).toNanos() / 1e6);
      BenchServer.pause(Duration.ofMillis(200));
    }
    return latencies;
  }

  /** What {@code date +%s.%N} of the first command printed. */
  private static Instant time(String log) throws IOException {
    String text =
        log.lines()
            .filter(line -> line.matches(".*\\b\\d{10}\\.\\d{9}"))
            .findFirst()
            .orElseThrow(() -> new IOException("no time in the log: " + log));
    String number = text.substring(text.length() - 20);
    return Instant.ofEpochSecond(
        Long.parseLong(number.substring(0, 10)), Long.parseLong(number.substring(11)));
  }
}
