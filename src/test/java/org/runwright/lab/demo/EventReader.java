package org.runwright.lab.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import java.util.StringJoiner;

/** Reads a stream of server-sent events as the HTML standard defines them. */
final class EventReader {

  private final BufferedReader lines;
  private String id;

  /**
   * @param lastId the id of the last event that was read before, from an earlier stream
   */
  EventReader(Reader stream, String lastId) {
    this.lines = new BufferedReader(stream);
    this.id = lastId;
  }

  /**
   * The next event with data; empty at the end of the stream, which an unfinished one belongs to.
   */
  Optional<ServerEvent> next() throws IOException {
    String name = "";
    StringJoiner data = new StringJoiner("\n");
    boolean hasData = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (hasData) {
          return Optional.of(
              new ServerEvent(id, name.isEmpty() ? "message" : name, data.toString()));
        }
        name = "";
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "event" -> name = value;
        case "id" -> id = value;
        case "data" -> {
          data.add(value);
          hasData = true;
        }
        default -> {
          // A comment (an empty field name) keeps the connection alive; other fields mean nothing.
        }
      }
    }
    return Optional.empty();
  }
}
