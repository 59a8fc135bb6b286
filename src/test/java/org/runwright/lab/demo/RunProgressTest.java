package org.runwright.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunProgressTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void steps_appear_under_their_level_when_they_have_ended() {
    RunProgress progress = progress(StandardCharsets.UTF_8);

    progress.show(run("RUNNING", ""));
    progress.show(step("a", 0, "Start database on db1", "RUNNING", ""));
    progress.show(step("a", 0, "Start database on db1", "SUCCEEDED", ",\"changed\":true"));
    progress.show(step("b", 1, "Start application on app1", "RUNNING", ""));
    progress.show(step("b", 1, "Start application on app1", "SUCCEEDED", ",\"changed\":false"));
    assertThat(progress.show(run("SUCCEEDED", ""))).isPresent();

    assertThat(shown(StandardCharsets.UTF_8))
        .isEqualTo(
            """
                      level 1
               2.5 s    ✓ Start database on db1                        1.0 s
                      level 2
               2.5 s    ✓ Start application on app1                    1.0 s  unchanged
            """);
  }

  @Test
  void a_failure_is_shown_with_its_reason_and_its_last_output() {
    RunProgress progress = progress(StandardCharsets.UTF_8);

    progress.show(step("a", 0, "Start application on app1", "RUNNING", ""));
    progress.show(
        new ServerEvent(
            "3", "output", "{\"stepId\":\"a\",\"text\":\"no configuration\\nat all\\n\"}"));
    progress.show(
        step("a", 0, "Start application on app1", "FAILED", ",\"message\":\"exit code 1\""));
    progress.show(run("COMPENSATING", ""));
    assertThat(progress.show(run("COMPENSATED", ""))).isPresent();

    assertThat(shown(StandardCharsets.UTF_8))
        .contains("✗ Start application on app1", "FAILED", "exit code 1")
        .contains("| no configuration", "| at all", "undoing");
  }

  @Test
  void an_event_that_comes_twice_is_shown_once() {
    RunProgress progress = progress(StandardCharsets.UTF_8);

    progress.show(step("a", 0, "Start database on db1", "SUCCEEDED", ""));
    progress.show(step("a", 0, "Start database on db1", "SUCCEEDED", ""));

    assertThat(shown(StandardCharsets.UTF_8)).containsOnlyOnce("Start database");
  }

  @Test
  void a_terminal_without_utf_8_gets_plain_characters() {
    RunProgress progress = progress(StandardCharsets.US_ASCII);

    progress.show(step("a", 0, "Start database on db1", "SUCCEEDED", ""));

    assertThat(shown(StandardCharsets.US_ASCII)).contains("+ Start database").isASCII();
  }

  private RunProgress progress(Charset charset) {
    Screen screen = new Screen(new PrintStream(bytes, true, charset), charset, false, false);
    return new RunProgress(screen, START);
  }

  private String shown(Charset charset) {
    return bytes.toString(charset);
  }

  private static ServerEvent run(String state, String more) {
    return new ServerEvent("1", "run", "{\"id\":\"r\",\"state\":\"" + state + "\"" + more + "}");
  }

  private static ServerEvent step(String id, int level, String title, String state, String more) {
    String json =
        """
        {"id":"%s","level":%d,"title":"%s","kind":"start-service","state":"%s",
         "startedAt":"2026-01-01T00:00:01.500Z","endedAt":"2026-01-01T00:00:02.500Z"%s}
        """
            .formatted(id, level, title, state, more);
    return new ServerEvent("2", "step", json);
  }
}
