package org.runwright.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Target 6: from the start of the JVM until the server says that it is ready, with no data yet. */
final class StartBench {

  private static final int TIMES = 5;

  private final Table table;

  StartBench(Table table) {
    this.table = table;
  }

  void run() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    measure("java -jar target/runwright.jar", List.of(java, "-jar", "target/runwright.jar"), 8);
    measure("scripts/server, class-data archive", List.of("scripts/server"), 5);
  }

  private void measure(String what, List<String> launcher, double most)
      throws IOException, InterruptedException {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      long begin = System.nanoTime();
      try (BenchServer server = BenchServer.shipped(launcher)) {
        times.add((System.nanoTime() - begin) / 1e9);
        Table.progress("%s: %.1f s, process %d".formatted(what, times.get(i), server.pid()));
      }
    }
    table.add(
        Row.atMost(
            6,
            "start to ready, " + what + ", median of " + TIMES,
            Stats.of(times).median(),
            most,
            " s"));
  }
}
