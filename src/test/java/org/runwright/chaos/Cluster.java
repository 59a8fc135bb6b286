package org.runwright.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.runwright.lab.PostgresServer;
import org.runwright.lab.ServerProcess;

/** The servers on one database, and requests to whichever of them answers. Thread-safe. */
final class Cluster {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final List<Node> nodes = new ArrayList<>();
  private final String jdbcUrl;

  /** A server, and whether it can be asked. */
  record Node(String name, ServerProcess server, Path log, AtomicBoolean asked) {}

  /** An answer, of whatever status. */
  record Answer(int status, String body) {

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Nobody answered in time. */
  static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswer(String message) {
      super(message);
    }
  }

  private Cluster(String jdbcUrl) {
    this.jdbcUrl = jdbcUrl;
  }

  static Cluster start(ChaosOptions options, Path folder) throws IOException {
    Path h2 = folder.resolve("database/runwright");
    Cluster cluster =
        new Cluster(
            options.postgresql()
                ? PostgresServer.shared().newDatabase()
                : "jdbc:h2:file:" + h2.toAbsolutePath() + ";LOCK_TIMEOUT=10000");
    for (int i = 1; i <= options.nodes(); i++) {
      Path log = folder.resolve("node" + i + ".log");
      Map<String, String> settings = settings(options, folder, i);
      settings.put(
          "spring.datasource.url",
          options.postgresql() ? cluster.jdbcUrl : cluster.jdbcUrl + ";DB_CLOSE_ON_EXIT=FALSE");
      ServerProcess server = new ServerProcess(log, ServerProcess.freePort(), settings);
      cluster.nodes.add(new Node("node" + i, server, log, new AtomicBoolean()));
      if (i == 1) {
        server.awaitReady(); // alone, so that only one makes the tables
      }
    }
    for (Node node : cluster.nodes) {
      node.server().awaitReady();
      node.asked().set(true);
    }
    return cluster;
  }

  private static Map<String, String> settings(ChaosOptions options, Path folder, int number) {
    Map<String, String> settings = new HashMap<>();
    settings.put("runwright.node-id", "node" + number);
    settings.put("runwright.data-dir", folder.resolve("data" + number).toString());
    settings.put("runwright.runbooks-dir", folder.resolve("runbooks").toString());
    settings.put("runwright.processes-dir", folder.resolve("processes").toString());
    settings.put("runwright.access.demo-users", "true");
    settings.put("runwright.ssh.known-hosts", ChaosHosts.knownHosts().toString());
    settings.put("runwright.ssh.state-directory", ChaosHosts.RUNNERS);
    settings.put("runwright.ssh.connect-timeout", "3s");
    settings.put("runwright.ssh.keep-alive", "4s");
    settings.put("runwright.worker.lease", options.lease().toString());
    settings.put("runwright.worker.end-grace", "PT2S");
    settings.put("camunda.bpm.job-execution.lock-time-in-millis", "6000");
    settings.put("runwright.api.heartbeat", "PT2S");
    return settings;
  }

  List<Node> nodes() {
    return nodes;
  }

  String jdbcUrl() {
    return jdbcUrl;
  }

  /** One that can be asked, any of them; empty while all are dead or stopped. */
  Optional<Node> anyNode() {
    List<Node> asked = nodes.stream().filter(node -> node.asked().get()).toList();
    return asked.isEmpty()
        ? Optional.empty()
        : Optional.of(asked.get(ThreadLocalRandom.current().nextInt(asked.size())));
  }

  Answer get(String path, Duration limit) {
    return ask(HttpRequest.newBuilder().GET(), path, limit);
  }

  Answer post(String path, Map<String, Object> body, String key, Duration limit) {
    try {
      return ask(
          HttpRequest.newBuilder()
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", key)
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))),
          path,
          limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks one after the other until one gives an answer that is none of a server in trouble. */
  private Answer ask(HttpRequest.Builder request, String path, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    String last = "all servers were down";
    while (System.nanoTime() < end) {
      Optional<Node> node = anyNode();
      if (node.isPresent()) {
        try {
          HttpResponse<String> answer = send(request, node.get(), path);
          if (answer.statusCode() < 500 && answer.statusCode() != 429) {
            return new Answer(answer.statusCode(), answer.body());
          }
          last = answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
          last = e.toString();
        }
      }
      Waiting.pause(PAUSE);
    }
    throw new NoAnswer(path + ": " + last);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, Node node, String path)
      throws IOException {
    try {
      return http.send(
          request
              .copy()
              .uri(URI.create(node.server().address() + path))
              .timeout(Duration.ofSeconds(10))
              .header("Authorization", ServerProcess.authorization())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** How often a word stands in the servers' logs. */
  long countInLogs(String word) {
    return nodes.stream().mapToLong(node -> count(node.log(), word)).sum();
  }

  private static long count(Path log, String word) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(word)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void kill() {
    for (Node node : nodes) {
      try {
        node.server().kill();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
