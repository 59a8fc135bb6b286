package org.runwright.lab.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells the events of one run as a person would like to read them: a line per step when it has
 * ended, levels one after another, what is running in a line below. Not thread-safe.
 */
final class RunProgress {

  private static final Set<String> RUN_ENDS =
      Set.of("SUCCEEDED", "COMPENSATED", "FAILED", "REJECTED", "CANCELLED");
  private static final Set<String> STEP_BEGINS = Set.of("PENDING", "RUNNING");
  private static final int OUTPUT_LINES = 8;

  private final Screen screen;
  private final Instant start;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, String> running = new LinkedHashMap<>();
  private final Map<String, String> stepStates = new HashMap<>();
  private final Map<String, Deque<String>> lastOutput = new HashMap<>();
  private String runState = "";
  private String level = "";
  private int levels;

  /**
   * @param start what the times shown count from
   */
  RunProgress(Screen screen, Instant start) {
    this.screen = screen;
    this.start = start;
  }

  /**
   * Shows an event.
   *
   * @return the run, once it has ended or waits for a person who will not come
   */
  Optional<JsonNode> show(ServerEvent event) {
    JsonNode body = parse(event);
    switch (event.name()) {
      case "run" -> {
        return showRun(body);
      }
      case "step" -> showStep(body);
      case "output" -> remember(body);
      default -> {
        // Of a newer server; the demo tells only what it knows.
      }
    }
    return Optional.empty();
  }

  private Optional<JsonNode> showRun(JsonNode run) {
    String state = run.path("state").asText();
    if (!state.equals(runState)) {
      runState = state;
      switch (state) {
        case "COMPENSATING" -> heading("something failed; undoing what was changed");
        default -> {
          if (run.hasNonNull("waitsFor")) {
            heading("waits: " + run.path("waitsFor").asText());
          }
        }
      }
    }
    if (RUN_ENDS.contains(state) || state.equals("SUSPENDED")) {
      screen.status("");
      return Optional.of(run);
    }
    return Optional.empty();
  }

  private void showStep(JsonNode step) {
    String id = step.path("id").asText();
    String state = step.path("state").asText();
    if (state.equals(stepStates.put(id, state))) {
      return;
    }
    if (STEP_BEGINS.contains(state)) {
      showLevel(step);
      running.put(id, step.path("title").asText());
    } else {
      running.remove(id);
      screen.line(ended(step, state));
      if (!state.equals("SUCCEEDED") && !state.equals("SKIPPED")) {
        explain(id, step);
      }
      lastOutput.remove(id);
    }
    screen.status(
        running.isEmpty()
            ? ""
            : "            "
                + screen.running()
                + " "
                + running.values().stream().collect(Collectors.joining(", ")));
  }

  /**
   * A heading where the steps of another level begin; steps that undo are under one of their own.
   */
  private void showLevel(JsonNode step) {
    if (step.hasNonNull("undoOf")) {
      return;
    }
    String next = step.path("level").asText("");
    if (!next.equals(level)) {
      level = next;
      if (level.isEmpty()) {
        heading("the platform as a whole");
      } else {
        levels++;
        heading("level " + levels);
      }
    }
  }

  private String ended(JsonNode step, String state) {
    String mark =
        switch (state) {
          case "SUCCEEDED" -> screen.good();
          case "SKIPPED", "CANCELLED" -> screen.neutral();
          default -> screen.bad();
        };
    String unchanged =
        step.has("changed") && !step.path("changed").asBoolean() && isStart(step)
            ? "  unchanged"
            : "";
    String word = state.equals("SUCCEEDED") ? "" : "  " + state;
    return time(step.path("endedAt").asText(""))
        + "    "
        + mark
        + " "
        + padded(step.path("title").asText(), 42)
        + duration(step)
        + unchanged
        + word;
  }

  /** Whether the step is one that could have changed something; a check never does. */
  private static boolean isStart(JsonNode step) {
    return !step.path("kind").asText().matches("(?i).*(await|check).*");
  }

  private void explain(String id, JsonNode step) {
    String message = step.path("message").asText("");
    if (!message.isEmpty()) {
      screen.line("              " + message);
    }
    for (String line : lastOutput.getOrDefault(id, new ArrayDeque<>())) {
      if (!line.equals(message)) {
        screen.line("              | " + line);
      }
    }
  }

  private void remember(JsonNode output) {
    Deque<String> lines =
        lastOutput.computeIfAbsent(output.path("stepId").asText(), id -> new ArrayDeque<>());
    output.path("text").asText().lines().forEach(lines::add);
    while (lines.size() > OUTPUT_LINES) {
      lines.removeFirst();
    }
  }

  private void heading(String text) {
    screen.line("          " + text);
  }

  /** Seconds since the start, of a time as the server writes it. */
  private String time(String at) {
    return at.isEmpty() ? "        " : seconds(Duration.between(start, Instant.parse(at)));
  }

  /** How long a run or a step took; empty if it never began. */
  static String duration(JsonNode step) {
    if (!step.hasNonNull("startedAt") || !step.hasNonNull("endedAt")) {
      return "";
    }
    Instant from = Instant.parse(step.path("startedAt").asText());
    return seconds(Duration.between(from, Instant.parse(step.path("endedAt").asText())));
  }

  /** Like {@code " 1.5 s"}. */
  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%6.1f s", duration.toMillis() / 1000.0);
  }

  private static String padded(String text, int width) {
    return String.format(Locale.ROOT, "%-" + width + "s", text);
  }

  private JsonNode parse(ServerEvent event) {
    try {
      return json.readTree(event.data());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: event " + event.id() + " " + event.name(), e);
    }
  }
}
