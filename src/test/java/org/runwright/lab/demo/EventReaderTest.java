package org.runwright.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventReaderTest {

  @Test
  void fields_make_an_event_at_the_blank_line() throws IOException {
    assertThat(read("id:7\nevent:step\ndata:{\"a\":\ndata: 1}\n\n"))
        .containsExactly(new ServerEvent("7", "step", "{\"a\":\n1}"));
  }

  @Test
  void the_id_stays_until_the_next_one_and_starts_with_the_last_of_before() throws IOException {
    assertThat(read("data:a\n\nid:8\ndata:b\n\ndata:c\n\n"))
        .extracting(ServerEvent::id)
        .containsExactly("6", "8", "8");
  }

  @Test
  void comments_unknown_fields_and_events_without_data_are_passed_over() throws IOException {
    assertThat(read(": keep-alive\n\nretry: 3000\nevent: lost\n\nnonsense\ndata\n\n"))
        .containsExactly(new ServerEvent("6", "message", ""));
  }

  @Test
  void any_line_end_will_do() throws IOException {
    assertThat(read("data: a\r\n\r\ndata: b\r\r"))
        .extracting(ServerEvent::data)
        .containsExactly("a", "b");
  }

  @Test
  void an_event_that_was_cut_off_is_none() throws IOException {
    assertThat(read("data: whole\n\ndata: ha")).extracting(ServerEvent::data).containsOnly("whole");
  }

  private static List<ServerEvent> read(String stream) throws IOException {
    EventReader reader = new EventReader(new StringReader(stream), "6");
    List<ServerEvent> events = new ArrayList<>();
    for (Optional<ServerEvent> event = reader.next(); event.isPresent(); event = reader.next()) {
      events.add(event.get());
    }
    return events;
  }
}
