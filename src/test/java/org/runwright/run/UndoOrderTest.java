package org.runwright.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.runwright.step.PreparedStep;
import org.runwright.step.StepRequest;

class UndoOrderTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void the_latest_level_is_undone_first_and_one_level_side_by_side() {
    List<Step> journal =
        List.of(
            step(1, "db1", 0, StepState.SUCCEEDED, true),
            step(2, "app1", 1, StepState.SUCCEEDED, true),
            step(3, "app2", 1, StepState.SUCCEEDED, true));

    assertThat(hosts(journal)).containsExactly(List.of("app2", "app1"), List.of("db1"));
  }

  @Test
  void what_changed_nothing_is_left_alone() {
    assertThat(hosts(List.of(step(1, "db1", 0, StepState.SUCCEEDED, false)))).isEmpty();
  }

  @Test
  void what_may_have_changed_something_is_undone() {
    List<Step> journal =
        List.of(
            step(1, "db1", 0, StepState.CANCELLED, null),
            step(2, "app1", 1, StepState.UNKNOWN, null));

    assertThat(hosts(journal)).containsExactly(List.of("app1"), List.of("db1"));
  }

  @Test
  void of_several_attempts_of_a_step_only_the_last_that_may_have_changed_something_is_undone() {
    Step unknown = step(1, "db1", 0, StepState.UNKNOWN, null, "one place");
    Step again = step(2, "db1", 0, StepState.SUCCEEDED, true, "one place");
    Step idle = step(3, "db1", 0, StepState.SUCCEEDED, false, "one place");

    assertThat(UndoOrder.of(List.of(unknown, again))).containsExactly(List.of(again));
    assertThat(UndoOrder.of(List.of(unknown, idle))).containsExactly(List.of(unknown));
  }

  @Test
  void what_was_done_to_one_host_is_undone_link_by_link() {
    Step first = step(1, "app1", 1, StepState.SUCCEEDED, true);
    Step idle = step(2, "app1", 1, StepState.SUCCEEDED, false);
    Step last = step(3, "app1", 1, StepState.SUCCEEDED, true);

    assertThat(UndoOrder.oneByOne(List.of(first, idle, last)))
        .containsExactly(List.of(last), List.of(first));
  }

  private static List<List<String>> hosts(List<Step> journal) {
    return UndoOrder.of(journal).stream()
        .map(level -> level.stream().map(step -> step.prepared().host()).toList())
        .toList();
  }

  private static Step step(
      int seq,
      String host,
      int level,
      StepState state,
      @org.jspecify.annotations.Nullable Boolean changed) {
    return step(seq, host, level, state, changed, "place-" + seq);
  }

  private static Step step(
      int seq,
      String host,
      int level,
      StepState state,
      @org.jspecify.annotations.Nullable Boolean changed,
      String place) {
    StepRequest undo =
        new StepRequest("stop-service", host, Optional.empty(), Map.of(), Optional.empty());
    PreparedStep prepared =
        new PreparedStep(
            "start-service",
            "Start on " + host,
            host,
            Optional.empty(),
            "true",
            List.of(),
            false,
            Duration.ofSeconds(1),
            true,
            Optional.of(undo));
    return new Step(
        "step-" + seq,
        "run",
        seq,
        "start",
        place,
        1,
        new EngineWait("activity-" + seq, "task-" + seq),
        prepared,
        Optional.of(level),
        state,
        Optional.empty(),
        false,
        false,
        false,
        Optional.ofNullable(changed),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        TIME,
        Optional.of(TIME),
        Optional.of(TIME),
        0,
        0,
        0,
        0,
        List.of(),
        Optional.empty());
  }
}
