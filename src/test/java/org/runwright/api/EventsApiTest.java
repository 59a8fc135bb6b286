package org.runwright.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The live events of a run. */
class EventsApiTest extends ApiTest {

  private final EventStreams streams;

  @Autowired
  EventsApiTest(EventStreams streams) {
    this.streams = streams;
  }

  @Test
  void events_come_in_order_without_gaps_and_end_with_the_run() {
    String id = slow("0.5");

    List<Event> events = events(as("viewer").get("/api/runs/" + id + "/events").body());

    assertThat(events.stream().map(Event::id))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(events.get(0).name()).isEqualTo("run");
    assertThat(events.get(0).data().path("state").asText()).isEqualTo("QUEUED");
    Event last = events.get(events.size() - 1);
    assertThat(last.name()).isEqualTo("run");
    assertThat(last.data().path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(events).anySatisfy(event -> assertThat(event.name()).isEqualTo("step"));
    String output =
        events.stream()
            .filter(event -> event.name().equals("output"))
            .map(event -> event.data().path("text").asText())
            .reduce("", String::concat);
    assertThat(output).isEqualTo("began\ndone\n");
    Event written =
        events.stream().filter(e -> e.name().equals("output")).findFirst().orElseThrow();
    assertThat(written.data().path("stream").asText()).isEqualTo("stdout");
    assertThat(written.data().path("stepId").asText())
        .isEqualTo(run(id).path("steps").get(0).path("id").asText());
  }

  @Test
  void who_comes_back_misses_nothing_and_gets_nothing_twice() {
    String id = slow("0");
    awaitState(id, "SUCCEEDED");
    List<Event> all = events(as("viewer").get("/api/runs/" + id + "/events").body());

    for (Event from : all.subList(0, all.size() - 1)) {
      HttpResponse<String> rest =
          as("viewer").get("/api/runs/" + id + "/events", lastEventId(from.id()));
      assertThat(events(rest.body())).isEqualTo(all.subList((int) from.id(), all.size()));
    }
    HttpResponse<String> nothing =
        as("viewer").get("/api/runs/" + id + "/events", lastEventId(all.size()));
    assertThat(nothing.statusCode()).as("so that browsers do not come back").isEqualTo(204);
  }

  @Test
  void of_a_step_that_is_not_followed_no_output_is_sent() {
    String id = slow("0");
    String step = awaitState(id, "SUCCEEDED").path("steps").get(0).path("id").asText();

    assertThat(names("/api/runs/" + id + "/events?step=" + step)).contains("output", "step", "run");
    assertThat(names("/api/runs/" + id + "/events?step=another"))
        .contains("step", "run")
        .doesNotContain("output");
  }

  private List<String> names(String path) {
    return events(as("viewer").get(path).body()).stream().map(Event::name).toList();
  }

  @Test
  void a_stream_without_news_is_kept_alive() {
    String id = slow("3");

    String text = as("viewer").get("/api/runs/" + id + "/events").body();

    assertThat(text).contains(":still here");
  }

  @Test
  void no_more_streams_are_opened_than_allowed_and_those_of_who_left_are_free_again() {
    String id = slow("600.2");
    await().atMost(LIMIT).until(() -> streams.open() == 0);
    List<Socket> followers = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        followers.add(follow(id));
      }
      await().atMost(LIMIT).until(() -> streams.open() == 4);

      HttpResponse<String> refused = as("viewer").get("/api/runs/" + id + "/events");

      problem(refused, 429);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
      close(followers);
      await().atMost(LIMIT).until(() -> streams.open() == 0);
    } finally {
      close(followers);
      cancel(id);
    }
  }

  @Test
  void what_cannot_be_followed_is_told() {
    problem(as("viewer").get("/api/runs/nope/events"), 404);
    String id = slow("0");
    awaitState(id, "SUCCEEDED");
    for (String bad : List.of("x", "-1", "1; touch pwned", "9".repeat(40))) {
      problem(as("viewer").get("/api/runs/" + id + "/events", Map.of("Last-Event-ID", bad)), 422);
    }
  }

  private Socket follow(String run) {
    try {
      Socket socket = new Socket("127.0.0.1", port);
      String pair =
          Base64.getEncoder().encodeToString("viewer:viewer".getBytes(StandardCharsets.UTF_8));
      String request =
          "GET /api/runs/%s/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic %s\r\n\r\n"
              .formatted(run, pair);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(List<Socket> sockets) {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Map<String, String> lastEventId(long id) {
    return Map.of("Last-Event-ID", Long.toString(id));
  }

  private static List<Event> events(String stream) {
    List<Event> events = new ArrayList<>();
    for (String block : stream.split("\n\n")) {
      String id = "";
      String name = "";
      String data = "";
      for (String line : block.split("\n")) {
        if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data = line.substring(5);
        }
      }
      if (!id.isEmpty()) {
        events.add(new Event(Long.parseLong(id), name, parse(data)));
      }
    }
    return events;
  }

  private record Event(long id, String name, JsonNode data) {}
}
