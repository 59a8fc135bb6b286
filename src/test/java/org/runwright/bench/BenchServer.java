package org.runwright.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.runwright.lab.ServerProcess;
import org.springframework.util.FileSystemUtils;

/** The packed server in a JVM of its own with its default settings, in a folder of its own. */
final class BenchServer implements AutoCloseable {

  private static final Set<String> BAD =
      Set.of("SUSPENDED", "COMPENSATED", "FAILED", "CANCELLED", "REJECTED");
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration START_LIMIT = Duration.ofSeconds(120);
  private static final String DATABASE = "spring.datasource.";

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Path folder;
  private final int port = ServerProcess.freePort();
  private final Process process;

  private BenchServer(Path folder, List<String> launcher, Map<String, String> settings)
      throws IOException {
    this.folder = folder;
    List<String> command = new ArrayList<>(launcher);
    Map<String, String> environment = new HashMap<>();
    all(settings)
        .forEach(
            (name, value) -> {
              if (name.startsWith(DATABASE)) {
                environment.put(name.toUpperCase(Locale.ROOT).replace('.', '_'), value);
              } else {
                command.add("--" + name + "=" + value);
              }
            });
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** A server of the farm's hosts and of the runbooks in {@link Models}, started and ready. */
  static BenchServer start(Farm farm, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path folder = folder();
    Files.copy(farm.file("inventory.yml"), folder.resolve("runbooks/inventory.yml"));
    Files.writeString(folder.resolve("runbooks/services.yml"), "platform: bench\nservices: {}\n");
    Models.write(folder.resolve("runbooks"), folder.resolve("processes"));
    Map<String, String> all = new HashMap<>(settings);
    all.put("runwright.ssh.known-hosts", farm.file("known_hosts").toString());
    return launched(folder, List.of("scripts/server"), all);
  }

  /** A server of the shipped files, started and ready. */
  static BenchServer shipped(List<String> launcher) throws IOException, InterruptedException {
    Path folder = folder();
    for (String name : List.of("runbooks", "processes")) {
      FileSystemUtils.copyRecursively(Path.of(name), folder.resolve(name));
    }
    return launched(folder, launcher, Map.of());
  }

  private static BenchServer launched(
      Path folder, List<String> launcher, Map<String, String> settings)
      throws IOException, InterruptedException {
    BenchServer server = new BenchServer(folder, launcher, settings);
    try {
      server.awaitReady();
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static Path folder() throws IOException {
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench");
    for (String name : List.of("data", "runbooks", "processes")) {
      Files.createDirectory(folder.resolve(name));
    }
    return folder;
  }

  private Map<String, String> all(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("server.port", Integer.toString(port));
    all.put("runwright.access.demo-users", "true");
    for (String name : List.of("data", "runbooks", "processes")) {
      all.put("runwright." + name + "-dir", folder.resolve(name).toString());
    }
    return all;
  }

  private Path log() {
    return folder.resolve("server.log");
  }

  private void awaitReady() throws IOException, InterruptedException {
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      if (!process.isAlive() || System.nanoTime() > limit) {
        throw new IOException("the server did not start: " + Files.readString(log()));
      }
      try {
        if (send(request("/actuator/health/readiness").build()).statusCode() == 200) {
          return;
        }
      } catch (ConnectException e) {
        // Not yet.
      }
      pause(Duration.ofMillis(10));
    }
  }

  long pid() {
    return process.pid();
  }

  /** Asks for a run; its id. */
  String submit(String runbook, Map<String, Object> inputs)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            request("/api/runbooks/" + runbook + "/runs")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        json.writeValueAsString(Map.of("inputs", inputs))))
                .build());
    if (answer.statusCode() != 202) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return json.readTree(answer.body()).path("id").asText();
  }

  /**
   * Seconds from the request to the end that the journal tells; asking more often than now and then
   * would cost the server what is measured.
   */
  double seconds(String runbook, Map<String, Object> inputs, Duration limit)
      throws IOException, InterruptedException {
    Instant begin = Instant.now();
    JsonNode run = awaitEnd(submit(runbook, inputs), limit);
    Instant end = Instant.parse(run.path("endedAt").asText());
    return Duration.between(begin, end).toNanos() / 1e9;
  }

  /** Waits until a run has succeeded. */
  JsonNode awaitEnd(String run, Duration limit) throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      Optional<JsonNode> summary = ended(run);
      if (summary.isPresent()) {
        return summary.get();
      }
      pause(POLL);
    }
    throw new IOException("run " + run + " had not ended after " + limit + "; see " + log());
  }

  private Optional<JsonNode> ended(String run) throws IOException, InterruptedException {
    // The list, because one run with its steps is a long text that costs the server time.
    for (JsonNode item : get("/api/runs?limit=1").path("runs")) {
      if (item.path("id").asText().equals(run)) {
        return end(item);
      }
    }
    return end(get("/api/runs/" + run));
  }

  /** Waits until every run has succeeded. */
  void awaitAll(Duration limit) throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (String state : List.of("RUNNING", "QUEUED", "RUNNING")) {
      while (get("/api/runs?limit=1&state=" + state).path("runs").size() > 0) {
        if (System.nanoTime() > end) {
          throw new IOException("runs had not ended after " + limit + "; see " + log());
        }
        pause(POLL);
      }
    }
    for (String state : List.of("SUSPENDED", "FAILED", "CANCELLED")) {
      for (JsonNode run : get("/api/runs?limit=1&state=" + state).path("runs")) {
        throw new IOException("a run is " + state + ": " + run);
      }
    }
  }

  private static Optional<JsonNode> end(JsonNode run) throws IOException {
    String state = run.path("state").asText();
    if (BAD.contains(state)) {
      throw new IOException("the run ended " + state + ": " + run.path("message").asText());
    }
    return state.equals("SUCCEEDED") ? Optional.of(run) : Optional.empty();
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return json.readTree(text(path));
  }

  String text(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(path).build());
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address() + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", ServerProcess.authorization());
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  static void pause(Duration pause) {
    LockSupport.parkNanos(pause.toNanos());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    if (System.getProperty("bench.keep") == null) {
      FileSystemUtils.deleteRecursively(folder);
    }
  }
}
