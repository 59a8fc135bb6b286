package org.runwright.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Target 1: six steps on many hosts, cold connections, beside other tools. */
final class HostsBench {

  private static final int TIMES = 3;
  private static final int FASTER_THAN_ANSIBLE = 15;
  private static final int SLOWER_THAN_BARE = 3;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Farm farm;
  private final Table table;

  HostsBench(Farm farm, Table table) {
    this.farm = farm;
    this.table = table;
  }

  void run() throws IOException, InterruptedException {
    String work = Models.COMMANDS + " commands on " + farm.size() + " hosts";
    double bare = bare(work);
    double ansible = new Peers(farm, table).run(work);
    for (Database database : Database.values()) {
      List<Double> times = ours(work, database);
      double first = times.remove(0);
      double median = Stats.of(times).median();
      String what = "runbook, " + work + ", " + database.label;
      table.add(Row.compared(1, what + ", first run after the start", Row.number(first) + " s"));
      table.add(
          Row.atMost(1, what + ", median of " + TIMES, median, SLOWER_THAN_BARE * bare, " s"));
      if (ansible > 0) {
        table.add(
            Row.atLeast(
                1,
                what + ": faster than ansible-playbook",
                ansible / median,
                FASTER_THAN_ANSIBLE,
                " times"));
      }
    }
  }

  private double bare(String work) throws IOException, InterruptedException {
    BareSsh bare = new BareSsh(farm);
    List<Double> times = new ArrayList<>();
    for (int i = 0; i <= TIMES; i++) {
      times.add(seconds(bare.all(farm.size(), Models.COMMANDS)));
    }
    double first = times.remove(0);
    double median = Stats.of(times).median();
    table.add(
        Row.compared(
            1,
            "bare sshj, " + work + ", median of " + TIMES + " (first: " + Row.number(first) + " s)",
            Row.number(median) + " s"));
    return median;
  }

  /** Seconds of each run; the first one in a JVM that has just started. */
  private List<Double> ours(String work, Database database)
      throws IOException, InterruptedException {
    Map<String, String> settings = new HashMap<>(database.settings());
    // So that connections are cold again after a pause, but stay over a run; all else is as
    // shipped.
    settings.put("runwright.ssh.idle", IDLE.toSeconds() + "s");
    List<Double> times = new ArrayList<>();
    try (BenchServer server = BenchServer.start(farm, settings)) {
      String runbook = System.getProperty("bench.runbook", Models.FANNED);
      for (int i = 0; i <= TIMES; i++) {
        BenchServer.pause(IDLE.multipliedBy(2));
        Table.progress(runbook + ", " + work + ", " + database.label);
        times.add(server.seconds(runbook, Map.of("hosts", farm.hosts()), LIMIT));
        check(server, server.get("/api/runs?limit=1").at("/runs/0/id").asText());
      }
    }
    return times;
  }

  private void check(BenchServer server, String run) throws IOException, InterruptedException {
    int good = 0;
    for (var step : server.get("/api/runs/" + run).path("steps")) {
      if (step.path("state").asText().equals("SUCCEEDED") && step.path("exitCode").asInt(-1) == 0) {
        good++;
      }
    }
    if (good < farm.size() * Models.COMMANDS) {
      throw new IOException(good + " steps of run " + run + " succeeded");
    }
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
