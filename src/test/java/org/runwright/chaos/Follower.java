package org.runwright.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.runwright.lab.ServerProcess;

/**
 * Follows the events of one run over SSE, from whichever server answers, and comes back with the
 * last id when a stream breaks or is silent. Runs in a thread of its own.
 */
final class Follower implements Runnable {

  /**
   * One event.
   *
   * @param name run, step or output
   */
  record Event(long id, String name, JsonNode data) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SILENCE_MILLISECONDS = 7000;

  private final Cluster cluster;
  private final String run;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private volatile boolean ended;
  private volatile boolean wanted = true;
  private volatile int resumed;

  Follower(Cluster cluster, String run) {
    this.cluster = cluster;
    this.run = run;
  }

  @Override
  public void run() {
    while (!ended && wanted) {
      Optional<Cluster.Node> node = cluster.anyNode();
      if (node.isPresent()) {
        try {
          follow(node.get());
        } catch (IOException e) {
          // The server died, or stands still: another one, or this one later.
        }
        resumed++;
      }
      if (!ended) {
        Waiting.pause(Duration.ofMillis(200));
      }
    }
  }

  private void follow(Cluster.Node node) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create(node.server().address() + "/api/runs/" + run + "/events")
                .toURL()
                .openConnection();
    connection.setConnectTimeout(2000);
    connection.setReadTimeout(SILENCE_MILLISECONDS);
    connection.setRequestProperty("Authorization", ServerProcess.authorization());
    if (!events.isEmpty()) {
      connection.setRequestProperty("Last-Event-ID", Long.toString(lastId()));
    }
    try {
      if (connection.getResponseCode() == HttpURLConnection.HTTP_NO_CONTENT) {
        ended = true;
      } else if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
        read(
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)));
      }
    } finally {
      connection.disconnect();
    }
  }

  private void read(BufferedReader lines) throws IOException {
    long id = 0;
    String name = "";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null && wanted; line = lines.readLine()) {
      if (line.startsWith("id:")) {
        id = Long.parseLong(line.substring(3).strip());
      } else if (line.startsWith("event:")) {
        name = line.substring(6).strip();
      } else if (line.startsWith("data:")) {
        data.append(line.substring(5));
      } else if (line.isEmpty() && data.length() > 0) {
        accept(new Event(id, name, JSON.readTree(data.toString())));
        data.setLength(0);
      }
    }
  }

  private void accept(Event event) {
    events.add(event);
    ended |= event.name().equals("run") && Evidence.ended(event.data().path("state").asText());
  }

  private long lastId() {
    return events.get(events.size() - 1).id();
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  boolean ended() {
    return ended;
  }

  /** How often a stream was opened again. */
  int resumed() {
    return Math.max(0, resumed - 1);
  }

  void giveUp() {
    wanted = false;
  }
}
