package org.runwright.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Calls the server's REST interface as one person, the way any other program would. */
final class RestClient {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int CONNECTIONS_LOST = 5;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final ObjectMapper json = new ObjectMapper();
  private final URI server;
  private final String authorization;

  RestClient(URI server, String user, String password) {
    this.server = server;
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** The status of a GET. */
  int status(String path) throws IOException, InterruptedException {
    return http.send(request(path).timeout(LIMIT).build(), BodyHandlers.discarding()).statusCode();
  }

  /**
   * Asks for a run.
   *
   * @return its id
   */
  String run(String runbook, String reason) throws IOException, InterruptedException {
    String body =
        json.writeValueAsString(Map.of("inputs", Map.of("reason", reason), "reason", reason));
    HttpResponse<String> response =
        http.send(
            request("/api/runbooks/" + runbook + "/runs")
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (response.statusCode() != 202) {
      throw new IOException(
          "the server refused the run: " + response.statusCode() + " " + response.body());
    }
    JsonNode run = json.readTree(response.body());
    return run.path("id").asText();
  }

  /** Passes on the events of a run, over lost connections too, until one gives a result. */
  <T> T follow(String run, Function<ServerEvent, Optional<T>> reader)
      throws IOException, InterruptedException {
    String lastId = "";
    IOException lost = new IOException("the server ended the events before the run had ended");
    for (int attempt = 0; attempt < CONNECTIONS_LOST; attempt++) {
      HttpRequest.Builder request = request("/api/runs/" + run + "/events");
      request.header("Accept", "text/event-stream");
      if (!lastId.isEmpty()) {
        request.header("Last-Event-ID", lastId);
      }
      HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException("no events: the server answered " + response.statusCode());
        }
        EventReader events =
            new EventReader(new InputStreamReader(body, StandardCharsets.UTF_8), lastId);
        for (Optional<ServerEvent> event = events.next();
            event.isPresent();
            event = events.next()) {
          lastId = event.get().id();
          attempt = 0;
          Optional<T> result = reader.apply(event.get());
          if (result.isPresent()) {
            return result.get();
          }
        }
      } catch (IOException e) {
        lost = e;
      }
    }
    throw lost;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", authorization);
  }
}
