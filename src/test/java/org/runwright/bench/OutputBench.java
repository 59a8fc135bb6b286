package org.runwright.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Target 7: one step that prints a lot, beside {@code ssh} that throws it away. */
final class OutputBench {

  private static final int TIMES = 5;

  /** Runs until the machine code of the server is there. */
  private static final int WARM_UP = 12;

  private static final double MEGABYTES = 100;
  private static final double MOST_MEBIBYTES = 64;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Farm farm;
  private final Table table;

  OutputBench(Farm farm, Table table) {
    this.farm = farm;
    this.table = table;
  }

  void run() throws IOException, InterruptedException {
    double ssh = ssh();
    table.add(Row.compared(7, "ssh, output of 100 MB", Row.number(MEGABYTES / ssh) + " MB/s"));
    for (Database database : Database.values()) {
      try (BenchServer server = BenchServer.start(farm, database.settings())) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < WARM_UP + TIMES; i++) {
          times.add(step(server));
        }
        times.subList(0, WARM_UP).clear();
        table.add(
            Row.atLeast(
                7,
                "one step, output of 100 MB, server warm, " + database.label,
                MEGABYTES / Stats.of(times).median(),
                MEGABYTES / ssh / 2,
                " MB/s"));
        table.add(
            Row.atMost(
                7,
                "heap for it, most seen after a collection, " + database.label,
                heap(server),
                MOST_MEBIBYTES,
                " MiB"));
      }
    }
  }

  private double ssh() throws IOException, InterruptedException {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      long begin = System.nanoTime();
      Command.run(
          Map.of(),
          60,
          List.of(
              "sh",
              "-c",
              "ssh -F \"$0\" h001 \"$1\" > /dev/null",
              farm.file("ssh_config").toString(),
              Models.PRINT));
      times.add((System.nanoTime() - begin) / 1e9);
    }
    return Stats.of(times).median();
  }

  private double step(BenchServer server) throws IOException, InterruptedException {
    return server.seconds(Models.OUTPUT, inputs(), LIMIT);
  }

  private String submit(BenchServer server) throws IOException, InterruptedException {
    return server.submit(Models.OUTPUT, inputs());
  }

  private Map<String, Object> inputs() {
    return Map.of("host", farm.hosts().get(0));
  }

  /** Mebibytes more in use during some runs than before them, of what a full collection leaves. */
  private double heap(BenchServer server) throws IOException, InterruptedException {
    double before = WaitingBench.heapAfterCollection(server.pid());
    double most = before;
    for (int i = 0; i < TIMES; i++) {
      String run = submit(server);
      CompletableFuture<Void> end = CompletableFuture.runAsync(() -> await(server, run));
      while (!end.isDone()) {
        most = Math.max(most, WaitingBench.heapAfterCollection(server.pid()));
      }
      end.join();
    }
    return most - before;
  }

  private static void await(BenchServer server, String run) {
    try {
      server.awaitEnd(run, LIMIT);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
