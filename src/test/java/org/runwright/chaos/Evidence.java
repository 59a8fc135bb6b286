package org.runwright.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is known of a run that has ended.
 *
 * @param run as {@code GET /api/runs/ID} tells it
 * @param logs what {@code GET /api/runs/ID/log?step=} tells, by step
 * @param events what its follower got
 * @param ledger lines {@code HOST begin|end TOKEN NAME}
 * @param kept what the hosts themselves kept of the output, by step
 * @param killed tokens whose runner was killed
 * @param retried names of steps that the harness, as a person, let run again
 * @param cancelled whether the harness's cancel was accepted
 * @param processes command lines of processes of the run that are still there
 */
record Evidence(
    JsonNode run,
    Map<String, String> logs,
    List<Follower.Event> events,
    List<String> ledger,
    Map<String, Kept> kept,
    Set<String> killed,
    List<String> retried,
    boolean cancelled,
    List<String> processes) {

  private static final Set<String> ENDED =
      Set.of("SUCCEEDED", "FAILED", "REJECTED", "COMPENSATED", "CANCELLED");

  /** A step's output on its host. */
  record Kept(String out, String err) {}

  static boolean ended(String runState) {
    return ENDED.contains(runState);
  }

  String state() {
    return run.path("state").asText();
  }

  /** The steps of the run. */
  List<StepRow> steps() {
    List<StepRow> rows = new java.util.ArrayList<>();
    run.path("steps").forEach(step -> rows.add(StepRow.of(step)));
    return rows;
  }

  /**
   * A step as REST tells it.
   *
   * @param name as planned; of an undo with {@code undo-} before it
   * @param exitCode -1 if there is none
   */
  record StepRow(
      String id,
      String name,
      String host,
      String state,
      int exitCode,
      boolean changed,
      String undoOf,
      String message) {

    static StepRow of(JsonNode step) {
      String title = step.path("title").asText();
      String named = title.substring(0, title.indexOf(" on ")).replace("Undo: ", "undo-");
      return new StepRow(
          step.path("id").asText(),
          named,
          step.path("host").asText(),
          step.path("state").asText(),
          step.path("exitCode").asInt(-1),
          step.path("changed").asBoolean(false),
          step.path("undoOf").asText(""),
          step.path("message").asText(""));
    }

    boolean isUndo() {
      return !undoOf.isEmpty();
    }

    @Override
    public String toString() {
      return name + " on " + host + " (" + id + ", " + state + ", exit " + exitCode + ")";
    }
  }
}
