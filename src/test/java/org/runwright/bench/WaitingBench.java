package org.runwright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Target 4: threads and memory while many hosts are connected and twice as many steps wait. */
final class WaitingBench {

  /** Rounds of one run; a loop of many more costs more than linearly. */
  private static final int ROUNDS = 100;

  private static final double MOST_MEBIBYTES = 512;
  private static final Duration WATCHED = Duration.ofSeconds(20);
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Pattern TOTAL =
      Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);
  private static final int TICKS_PER_SECOND = 100;

  private final Farm farm;
  private final Table table;

  WaitingBench(Farm farm, Table table) {
    this.farm = farm;
    this.table = table;
  }

  void run() throws IOException, InterruptedException {
    Map<String, String> settings = Map.of();
    try (BenchServer server = BenchServer.start(farm, settings)) {
      int idle = threads(server.pid());
      int steps = 2 * farm.size();
      List<String> runs = new ArrayList<>();
      for (int from = 0; from < farm.size(); from += ROUNDS) {
        List<String> hosts = farm.hosts().subList(from, Math.min(farm.size(), from + ROUNDS));
        for (int i = 0; i < 2; i++) {
          runs.add(server.submit(Models.SLEEP, Map.of("hosts", hosts)));
        }
      }
      awaitRunning(server, runs, steps);
      String what = steps + " steps waiting on " + farm.size() + " hosts";
      measure(server, what, idle, steps);
    }
  }

  private void awaitRunning(BenchServer server, List<String> runs, int steps)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    int running = 0;
    while (running < steps) {
      if (System.nanoTime() > end) {
        throw new IOException("only " + running + " steps were running after " + LIMIT);
      }
      BenchServer.pause(Duration.ofSeconds(1));
      running = 0;
      for (String run : runs) {
        for (var step : server.get("/api/runs/" + run).path("steps")) {
          running += step.path("state").asText().equals("RUNNING") ? 1 : 0;
        }
      }
    }
    BenchServer.pause(Duration.ofSeconds(5));
  }

  private void measure(BenchServer server, String what, int idle, int steps)
      throws IOException, InterruptedException {
    long before = ticks(server.pid());
    BenchServer.pause(WATCHED);
    double cpu = 100.0 * (ticks(server.pid()) - before) / TICKS_PER_SECOND / WATCHED.toSeconds();
    int threads = threads(server.pid());
    double heap = heapAfterCollection(server.pid());
    table.add(
        Row.atMost(
            4,
            what + ": threads for each, more than idle",
            perStep(threads, idle, steps),
            0.9,
            ""));
    table.add(
        Row.compared(
            4, what + ": threads of the server (idle: " + idle + ")", Integer.toString(threads)));
    table.add(Row.atMost(4, what + ": heap after a collection", heap, MOST_MEBIBYTES, " MiB"));
    table.add(
        Row.compared(
            4, what + ": processor time of the server", "%.0f %% of a core".formatted(cpu)));
  }

  private static double perStep(int threads, int idle, int steps) {
    return Math.round(100.0 * (threads - idle) / steps) / 100.0;
  }

  private static int threads(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("Threads:"))
        .mapToInt(line -> Integer.parseInt(line.substring(8).strip()))
        .sum();
  }

  /** User and system time in clock ticks. */
  private static long ticks(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  /**
   * Mebibytes of what is reachable. One question, for a collection and a later look at the heap
   * would count what was thrown away in between.
   */
  static double heapAfterCollection(long pid) throws IOException, InterruptedException {
    Matcher matcher = TOTAL.matcher(jcmd(pid, "GC.class_histogram"));
    if (!matcher.find()) {
      throw new IOException("jcmd tells no total");
    }
    return Math.round(Long.parseLong(matcher.group(1)) / 1024.0 / 1024.0);
  }

  private static String jcmd(long pid, String what) throws IOException, InterruptedException {
    String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    return Command.run(Map.of(), 60, List.of(program, Long.toString(pid), what));
  }
}
