package org.runwright.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.runwright.flows.Flows;
import org.runwright.lab.EmbeddedLab;
import org.runwright.lab.PostgresServer;
import org.runwright.lab.ServerProcess;

/** Two servers, {@code node1} and {@code node2}, on one PostgreSQL, and hosts that outlive them. */
final class TwoServers implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Set<String> UNDER_WAY = Set.of("QUEUED", "RUNNING", "COMPENSATING");
  private static final List<String> HOSTS = List.of("app1", "crm1", "db1", "lb1");

  private final EmbeddedLab lab = EmbeddedLab.start();
  private final String database = PostgresServer.shared().newDatabase();
  private final Map<String, ServerProcess> servers = new LinkedHashMap<>();
  private final Path processes;

  TwoServers(String log) throws IOException {
    processes = Flows.processes(lab);
    copy("slow-job.bpmn", processes);
    copy("slow-job.yml", lab.runbooksDir());
    for (String node : List.of("node1", "node2")) {
      Path file = Path.of("target", log + "-" + node + ".log");
      Files.deleteIfExists(file);
      servers.put(node, new ServerProcess(file, ServerProcess.freePort(), settings(node)));
      // One makes the tables, then the other comes.
      servers.get(node).awaitReady();
    }
  }

  private static void copy(String file, Path folder) throws IOException {
    Files.copy(Path.of("src/test/resources/cluster", file), folder.resolve(file));
  }

  private Map<String, String> settings(String node) {
    Map<String, String> settings = new HashMap<>(lab.settings());
    settings.put("spring.datasource.url", database);
    settings.put("spring.main.sources", JobGate.class.getName());
    settings.put("runwright.node-id", node);
    settings.put("runwright.data-dir", lab.directory().resolve("data-" + node).toString());
    settings.put("runwright.processes-dir", processes.toString());
    settings.put("runwright.access.demo-users", "true");
    settings.put("runwright.schedule.housekeeping", "* * * * * ?");
    settings.put("runwright.worker.threads", "8");
    return settings;
  }

  ServerProcess server(String node) {
    return servers.get(node);
  }

  static String otherThan(String node) {
    return node.equals("node1") ? "node2" : "node1";
  }

  Path newFile() {
    return lab.directory().resolve("file-" + UUID.randomUUID());
  }

  /** Steps on the lab's hosts, in turn, as the process {@code gated} wants them. */
  static List<String> steps(int count) {
    return IntStream.range(0, count).mapToObj(i -> HOSTS.get(i % HOSTS.size()) + " s" + i).toList();
  }

  /** Asks a server for a run of a gated runbook; its id. */
  String begin(String node, String runbook, int steps, Path ledger, Path gate) throws Exception {
    Map<String, Object> inputs =
        Map.of("steps", steps(steps), "ledger", ledger.toString(), "gate", gate.toString());
    return begin(node, runbook, inputs);
  }

  String begin(String node, String runbook, Map<String, Object> inputs) throws Exception {
    return server(node)
        .post("/api/runbooks/" + runbook + "/runs", Map.of("inputs", inputs))
        .get("id")
        .asText();
  }

  JsonNode run(String node, String run) throws IOException, InterruptedException {
    return server(node).get("/api/runs/" + run);
  }

  /** Waits for the end of the run, as the server tells it; its state. */
  String awaitEnd(String node, String run) throws Exception {
    await()
        .atMost(LIMIT)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> !UNDER_WAY.contains(run(node, run).path("state").asText()));
    return run(node, run).path("state").asText();
  }

  /** A field of every step of the run. */
  List<String> ofSteps(String node, String run, String field)
      throws IOException, InterruptedException {
    List<String> values = new ArrayList<>();
    run(node, run).path("steps").forEach(step -> values.add(step.path(field).asText()));
    return values;
  }

  static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  long count(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  void killAndRestart(String node) throws Exception {
    server(node).kill();
    server(node).restart();
  }

  @Override
  public void close() throws InterruptedException {
    for (ServerProcess server : servers.values()) {
      server.close();
    }
    lab.close();
  }
}
