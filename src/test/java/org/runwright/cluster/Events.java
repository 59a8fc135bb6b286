package org.runwright.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.runwright.lab.ServerProcess;

/** Reads a run's events over SSE. */
final class Events {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SILENCE_MILLISECONDS = 30_000;

  private Events() {}

  /**
   * What came until one event, that one included.
   *
   * @param ids of the events, in the order they came
   */
  record Part(List<Long> ids, List<JsonNode> data) {

    long firstId() {
      return ids.get(0);
    }

    long lastId() {
      return ids.get(ids.size() - 1);
    }

    /** The output in it. */
    String text() {
      return data.stream().map(event -> event.path("text").asText()).collect(Collectors.joining());
    }
  }

  /**
   * Follows until an event fits, or the stream ends.
   *
   * @throws IOException also if nothing comes for 30 s
   */
  static Part follow(ServerProcess server, String run, long after, Predicate<JsonNode> last)
      throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create(server.address() + "/api/runs/" + run + "/events").toURL().openConnection();
    connection.setReadTimeout(SILENCE_MILLISECONDS);
    connection.setRequestProperty("Authorization", ServerProcess.authorization());
    if (after > 0) {
      connection.setRequestProperty("Last-Event-ID", Long.toString(after));
    }
    Part part = new Part(new ArrayList<>(), new ArrayList<>());
    long end = System.nanoTime() + TwoServers.LIMIT.toNanos();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (System.nanoTime() > end) {
          throw new IOException("the event did not come within " + TwoServers.LIMIT);
        }
        if (line.startsWith("id:")) {
          part.ids().add(Long.parseLong(line.substring(3).strip()));
        } else if (line.startsWith("data:")) {
          JsonNode data = JSON.readTree(line.substring(5));
          part.data().add(data);
          if (last.test(data)) {
            return part;
          }
        }
      }
    } finally {
      connection.disconnect();
    }
    return part;
  }

  /** All events of a run that has ended. */
  static List<JsonNode> all(ServerProcess server, String run) throws IOException {
    return follow(server, run, 0, event -> false).data();
  }
}
