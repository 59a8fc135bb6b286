package org.runwright.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.runwright.chaos.Evidence.Kept;
import org.runwright.chaos.RoundPlan.PlannedStep;

/** A harness that finds nothing proves nothing: each kind of fault, made up, is found. */
class JudgeTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PlannedStep WIDE = new PlannedStep("db1", "w1", "0", 7, 0, false);
  private static final PlannedStep LINK = new PlannedStep("app1", "c1", "0", 3, 42, false);
  private static final PlannedStep LAST = new PlannedStep("db1", "l1", "0", 4, 0, true);
  private static final RoundPlan PLAN =
      new RoundPlan(1, "chaos-free", List.of(WIDE), List.of(LINK), LAST, false, Optional.empty());

  private final ObjectNode run = JSON.createObjectNode();
  private final Map<String, String> logs = new HashMap<>();
  private final List<Follower.Event> events = new ArrayList<>();
  private final List<String> ledger = new ArrayList<>();
  private final Map<String, Kept> kept = new HashMap<>();
  private final Set<String> killed = new HashSet<>();
  private final List<String> retried = new ArrayList<>();
  private final List<String> processes = new ArrayList<>();

  @BeforeEach
  void everythingWentWell() {
    run.put("id", "run").put("state", "SUCCEEDED").putArray("steps");
    happened(WIDE, "t1", "SUCCEEDED");
    happened(LINK, "t2", "FAILED");
    happened(LAST, "t3", "SUCCEEDED");
  }

  private void happened(PlannedStep step, String token, String state) {
    addStep(step, token, state).put("exitCode", step.code()).put("changed", step.code() == 0);
    ledger.add("%s begin %s %s".formatted(step.host(), token, step.name()));
    ledger.add("%s end %s %s".formatted(step.host(), token, step.name()));
    kept.put(token, new Kept(step.expectedOut(), step.expectedErr()));
    logs.put(token, step.expectedOut() + step.expectedErr());
    tell(token, "stdout", step.expectedOut());
    tell(token, "stderr", step.expectedErr());
  }

  private ObjectNode addStep(PlannedStep step, String token, String state) {
    return run.withArray("steps")
        .addObject()
        .put("id", token)
        .put("title", step.name() + " on " + step.host())
        .put("host", step.host())
        .put("state", state);
  }

  private void tell(String token, String stream, String text) {
    ObjectNode data =
        JSON.createObjectNode().put("stepId", token).put("stream", stream).put("text", text);
    events.add(new Follower.Event(events.size() + 1L, "output", data));
  }

  private ObjectNode step(int index) {
    return (ObjectNode) run.withArray("steps").get(index);
  }

  private List<Fault.Kind> found() {
    Evidence evidence =
        new Evidence(run, logs, events, ledger, kept, killed, retried, false, processes);
    return Judge.judge(PLAN, evidence).stream().map(Fault::kind).distinct().toList();
  }

  @Test
  void what_went_well_has_no_fault() {
    assertThat(found()).isEmpty();
  }

  @Test
  void a_command_that_ran_twice_under_one_token_is_found() {
    ledger.add("db1 begin t1 w1");

    assertThat(found()).containsExactly(Fault.Kind.EXECUTED_TWICE);
  }

  @Test
  void a_second_attempt_that_ran_too_is_found_unless_a_person_asked_for_it() {
    killed.add("t0");
    addStep(WIDE, "t0", "UNKNOWN");
    ledger.add("db1 begin t0 w1");
    assertThat(found()).containsExactly(Fault.Kind.EXECUTED_TWICE);

    retried.add("w1");

    assertThat(found()).isEmpty();
  }

  @Test
  void a_step_without_a_trace_and_a_trace_without_a_step_are_found() {
    ledger.removeIf(line -> line.contains("t3"));
    assertThat(found()).containsExactly(Fault.Kind.LOST);

    ledger.add("db1 begin t9 l1");

    assertThat(found()).containsExactly(Fault.Kind.LOST);
  }

  @Test
  void a_step_that_never_was_is_found() {
    run.withArray("steps").remove(2);
    ledger.removeIf(line -> line.contains("t3"));

    assertThat(found()).containsExactly(Fault.Kind.LOST);
  }

  @Test
  void another_exit_code_and_another_end_are_found() {
    step(0).put("exitCode", 3);
    assertThat(found()).contains(Fault.Kind.WRONG_OUTCOME);
    step(0).put("exitCode", 0);

    run.put("state", "FAILED");

    assertThat(found()).containsExactly(Fault.Kind.WRONG_OUTCOME);
  }

  @Test
  void a_step_that_has_not_ended_in_a_run_that_has_is_found() {
    step(2).put("state", "RUNNING");

    assertThat(found()).containsExactly(Fault.Kind.WRONG_OUTCOME);
  }

  @Test
  void an_unknown_outcome_needs_a_killed_runner() {
    step(2).put("state", "UNKNOWN").remove("exitCode");
    assertThat(found()).containsExactly(Fault.Kind.UNKNOWN_WITHOUT_CAUSE);

    killed.add("t3");

    assertThat(found()).isEmpty();
  }

  @Test
  void a_byte_too_few_or_too_many_in_the_log_is_found() {
    logs.put("t1", WIDE.expectedOut());
    assertThat(found()).containsExactly(Fault.Kind.OUTPUT_MISSING);

    logs.put("t1", WIDE.expectedOut() + WIDE.expectedErr() + "out 7 w1\n");

    assertThat(found()).containsExactly(Fault.Kind.OUTPUT_DOUBLED);
  }

  @Test
  void output_of_the_wrong_stream_is_found() {
    events.clear();
    tell("t1", "stdout", WIDE.expectedOut() + WIDE.expectedErr());
    tell("t2", "stdout", LINK.expectedOut());
    tell("t2", "stderr", LINK.expectedErr());
    tell("t3", "stdout", LAST.expectedOut());
    tell("t3", "stderr", LAST.expectedErr());

    assertThat(found())
        .containsExactlyInAnyOrder(Fault.Kind.OUTPUT_MISSING, Fault.Kind.OUTPUT_DOUBLED);
  }

  @Test
  void a_gap_in_the_numbers_of_events_is_found() {
    Follower.Event last = events.remove(events.size() - 1);
    events.add(new Follower.Event(last.id() + 1, last.name(), last.data()));

    assertThat(found()).containsExactly(Fault.Kind.OUTPUT_MISSING);
  }

  @Test
  void a_process_that_outlives_its_run_is_found() {
    processes.add("sh -c sleep");

    assertThat(found()).containsExactly(Fault.Kind.COMMAND_LEFT);
  }

  @Test
  void a_change_that_was_not_undone_is_found() {
    RoundPlan undone =
        new RoundPlan(1, "chaos-free", List.of(WIDE), List.of(LINK), LAST, true, Optional.empty());
    run.put("state", "COMPENSATED");
    Evidence evidence =
        new Evidence(run, logs, events, ledger, kept, killed, retried, false, processes);

    assertThat(Judge.judge(undone, evidence))
        .extracting(Fault::text)
        .hasSize(2)
        .allMatch(text -> text.endsWith("was not undone"));
  }
}
