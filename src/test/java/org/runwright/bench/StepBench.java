package org.runwright.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Target 2: what a durable step adds to the same command on a warm connection. Steps of a chain
 * follow each other at once, so the time from one's end to the next one's end is all of a step.
 */
final class StepBench {

  private static final int RUNS = 20;
  private static final int WARM_UP = 6;
  private static final double MOST_MILLISECONDS = 20;

  private final Farm farm;
  private final Table table;

  StepBench(Farm farm, Table table) {
    this.farm = farm;
    this.table = table;
  }

  void run() throws IOException, InterruptedException {
    BareSsh bare = new BareSsh(farm);
    bare.warm(500);
    Stats plain = Stats.of(bare.warm(500));
    table.add(Row.compared(2, "bare sshj, a command on a warm connection", both(plain)));
    for (Database database : Database.values()) {
      Stats steps = steps(database);
      table.add(Row.compared(2, "durable step, warm connection, " + database.label, both(steps)));
      table.add(
          Row.atMost(
              2,
              "what a durable step adds, median, " + database.label,
              steps.median() - plain.median(),
              MOST_MILLISECONDS,
              " ms"));
    }
  }

  private static String both(Stats stats) {
    return "%.1f ms (p95 %.1f)".formatted(stats.median(), stats.p95());
  }

  private Stats steps(Database database) throws IOException, InterruptedException {
    List<Double> times = new ArrayList<>();
    try (BenchServer server = BenchServer.start(farm, database.settings())) {
      for (int i = 0; i < RUNS + WARM_UP; i++) {
        String run = server.submit(Models.STEPS, Map.of("host", farm.hosts().get(0)));
        server.awaitEnd(run, Duration.ofMinutes(1));
        if (i >= WARM_UP) {
          times.addAll(gaps(server.get("/api/runs/" + run).path("steps")));
        }
      }
    }
    return Stats.of(times);
  }

  private static List<Double> gaps(JsonNode steps) {
    List<Instant> ends = new ArrayList<>();
    steps.forEach(step -> ends.add(Instant.parse(step.path("endedAt").asText())));
    List<Double> gaps = new ArrayList<>();
    for (int i = 1; i < ends.size(); i++) {
      gaps.add(Duration.between(ends.get(i - 1), ends.get(i)).toNanos() / 1e6);
    }
    return gaps;
  }
}
