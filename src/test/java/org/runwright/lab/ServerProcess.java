package org.runwright.lab;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.runwright.Runwright;

/**
 * The server as a process of its own, from this JVM's class path, so that it can be killed, stopped
 * and started again. Requests are those of the demo's operator. Thread-safe but for starting and
 * ending.
 */
public final class ServerProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(120);
  private static final String DATABASE = "spring.datasource.";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final List<String> command = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Path log;
  private final int port;
  private Process process;

  /**
   * Starts it; {@link #awaitReady} tells when it answers.
   *
   * @param log what it prints is appended here
   * @param settings those of the database go by the environment, for they may hold a password
   */
  public ServerProcess(Path log, int port, Map<String, String> settings) throws IOException {
    this.log = log;
    this.port = port;
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Xshare:auto", "-cp", System.getProperty("java.class.path")));
    command.add(Runwright.class.getName());
    command.add("--server.port=" + port);
    settings.forEach(this::set);
    process = start();
  }

  private void set(String name, String value) {
    if (name.startsWith(DATABASE)) {
      environment.put(name.toUpperCase(Locale.ROOT).replace('.', '_'), value);
    } else {
      command.add("--" + name + "=" + value);
    }
  }

  /** A port that was free a moment ago, and that no outgoing connection takes. */
  public static int freePort() {
    return FreePorts.free();
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Starts it again after {@link #kill}. */
  public void restart() throws IOException {
    process = start();
    awaitReady();
  }

  public void awaitReady() {
    await()
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .failFast("the server ended; see " + log, () -> !process.isAlive())
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> status("/actuator/health/readiness") == 200);
  }

  /** SIGKILL: nothing is written, nothing is closed. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * SIGTERM.
   *
   * @return whether it ended within the time
   */
  public boolean terminate(Duration limit) throws InterruptedException {
    process.destroy();
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Waits for its end.
   *
   * @return its exit code; empty if it goes on
   */
  public Optional<Integer> awaitEnd(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
        ? Optional.of(process.exitValue())
        : Optional.empty();
  }

  /** SIGSTOP: it stands still, its connections stay open. */
  public void suspend() {
    signal("STOP");
  }

  /** SIGCONT: it goes on, and does not know that it stood still. */
  public void resume() {
    signal("CONT");
  }

  /** Writes the stacks of all its threads into its log. */
  public void dumpThreads() {
    signal("QUIT");
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new LabFailure("kill -" + name + " of the server failed");
      }
    } catch (IOException e) {
      throw new LabFailure("cannot run kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted while sending " + name, e);
    }
  }

  /** {@code http://127.0.0.1:PORT}. */
  public String address() {
    return "http://127.0.0.1:" + port;
  }

  /** The value of the header {@code Authorization} for the demo's operator. */
  public static String authorization() {
    return authorization("operator");
  }

  private static String authorization(String person) {
    byte[] login = (person + ":" + person).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }

  public JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(send(request(path).GET().build()).body());
  }

  public String text(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build()).body();
  }

  /**
   * @throws IOException if there is no answer, or another than success
   */
  public JsonNode post(String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    return post("operator", path, body);
  }

  /**
   * @param person one of the demo's, whose password is the name
   * @throws IOException if there is no answer, or another than success
   */
  public JsonNode post(String person, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .setHeader("Authorization", authorization(person))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  private int status(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build()).statusCode();
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address() + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", authorization());
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
