package org.runwright.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.util.FileSystemUtils;

/** The harness as a program: {@code scripts/chaos}. */
final class Chaos {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
  private static final String DESCRIPTOR =
      """
      runbook: %s
      title: A round of the chaos harness
      process: chaos
      inputs:
        wide: { type: list, required: true }
        chain: { type: list, required: true }
        last: { type: string, required: true }
        ledger: { type: string, required: true }
        undoOnFailure: { type: boolean, default: false }
      locks: %s
      """;

  private final ChaosOptions options;
  private final Path folder;
  private final long begun = System.nanoTime();

  private Chaos(ChaosOptions options) {
    this.options = options;
    this.folder = Path.of("target", "chaos", options.name()).toAbsolutePath();
  }

  public static void main(String[] arguments) throws Exception {
    if (List.of(arguments).contains("--help")) {
      System.out.print(ChaosOptions.HELP);
      return;
    }
    int code;
    try {
      code = new Chaos(ChaosOptions.parse(arguments)).run() ? 0 : 1;
    } catch (ChaosOptions.Wrong e) {
      System.err.println("scripts/chaos: " + e.getMessage());
      code = 2;
    } catch (IOException | SQLException | RuntimeException e) {
      e.printStackTrace();
      code = 2;
    }
    System.exit(code); // followers may still wait for a server
  }

  private boolean run() throws IOException, InterruptedException, SQLException {
    System.out.printf("chaos: seed %d, %s%n", options.seed(), options);
    FileSystemUtils.deleteRecursively(folder);
    ChaosHosts hosts = ChaosHosts.open();
    hosts.names().forEach(hosts::heal);
    writeFiles();
    Cluster cluster = Cluster.start(options, folder);
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::kill));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> hosts.names().forEach(hosts::heal)));
    say("the servers are up");
    Tally tally = new Tally(folder);
    Blows blows = new Blows(cluster, hosts);
    blows.start(options);
    long first = System.nanoTime();
    driveAll(cluster, hosts, blows, tally);
    double seconds = (System.nanoTime() - first) / 1e9;
    blows.stop();
    say("all rounds are done, the blows have ended");
    stopServers(cluster, tally);
    Leftovers.find(cluster.jdbcUrl(), options.rounds()).forEach(tally::add);
    return report(tally, blows, cluster, seconds);
  }

  private void writeFiles() throws IOException {
    Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
    Path processes = Files.createDirectories(folder.resolve("processes"));
    for (Path file : ChaosHosts.files()) {
      Files.copy(file, runbooks.resolve(file.getFileName()));
    }
    Files.copy(Path.of("processes/undo-run.bpmn"), processes.resolve("undo-run.bpmn"));
    Files.copy(Path.of("src/test/resources/chaos/chaos.bpmn"), processes.resolve("chaos.bpmn"));
    for (Map.Entry<String, List<String>> runbook : RoundPlan.RUNBOOKS.entrySet()) {
      Files.writeString(
          runbooks.resolve(runbook.getKey() + ".yml"),
          DESCRIPTOR.formatted(runbook.getKey(), runbook.getValue()));
    }
  }

  private void driveAll(Cluster cluster, ChaosHosts hosts, Blows blows, Tally tally)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(options.parallel());
    List<Future<?>> rounds = new ArrayList<>();
    for (int i = 1; i <= options.rounds(); i++) {
      RoundPlan plan = RoundPlan.of(options.seed(), i, hosts.names());
      Round round = new Round(plan, cluster, hosts, blows, options.limit());
      rounds.add(threads.submit(() -> drive(round, cluster, tally)));
    }
    threads.shutdown();
    for (int i = 0; i < rounds.size(); i++) {
      try {
        rounds.get(i).get();
      } catch (ExecutionException e) {
        tally.add(Fault.of(Fault.Kind.NO_VERDICT, "round-" + (i + 1) + ": " + e.getCause()));
      }
    }
  }

  private void drive(Round round, Cluster cluster, Tally tally) {
    Round.Outcome outcome = round.drive();
    tally.add(outcome);
    if (outcome.evidence().isEmpty()) {
      cluster.nodes().forEach(node -> node.server().dumpThreads());
    }
    if (tally.rounds() % 10 == 0) {
      say(tally.rounds() + " rounds");
    }
  }

  private static void stopServers(Cluster cluster, Tally tally) throws InterruptedException {
    for (Cluster.Node node : cluster.nodes()) {
      if (!node.server().terminate(STOP_LIMIT)) {
        tally.add(
            Fault.of(
                Fault.Kind.STUCK, node.name() + " had not stopped " + STOP_LIMIT + " after TERM"));
        node.server().kill();
      }
    }
  }

  private boolean report(Tally tally, Blows blows, Cluster cluster, double seconds)
      throws IOException {
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("seed", options.seed());
    numbers.put("servers", options.nodes());
    numbers.put("database", options.postgresql() ? "PostgreSQL" : "H2");
    numbers.put("runs in flight", options.parallel());
    numbers.put("lease", options.lease());
    numbers.put("seconds", Math.round(seconds));
    numbers.putAll(tally.numbers());
    blows.counts().forEach((kind, count) -> numbers.put("blow: " + kind.title, count));
    numbers.put("lines of errors in the servers' logs", cluster.countInLogs(" ERROR "));
    numbers.putAll(tally.faultNumbers());
    System.out.println();
    numbers.forEach((name, value) -> System.out.printf("| %-58s | %10s |%n", name, value));
    System.out.println();
    tally.texts().stream().limit(50).forEach(System.out::println);
    List<String> troubles = new ArrayList<>(blows.troubles());
    blows.counts().entrySet().stream()
        .filter(count -> count.getValue() == 0)
        .forEach(count -> troubles.add("no blow of this kind fell: " + count.getKey().title));
    troubles.forEach(trouble -> System.out.println("chaos: " + trouble));
    boolean good = tally.clean() && troubles.isEmpty();
    if (options.json().isPresent()) {
      Map<String, Object> all = new LinkedHashMap<>();
      numbers.forEach((name, value) -> all.put(name.replace("- ", "").strip(), value));
      all.put("lease", options.lease().toString());
      Files.writeString(
          options.json().get(),
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
    }
    System.out.printf(
        "chaos: %s; replay with --seed %d; logs are in %s%n",
        good ? "nothing is lost, nothing was done twice" : "FAULTS", options.seed(), folder);
    return good;
  }

  private void say(String what) {
    System.out.printf("[%4d s] %s%n", (System.nanoTime() - begun) / 1_000_000_000L, what);
  }
}
