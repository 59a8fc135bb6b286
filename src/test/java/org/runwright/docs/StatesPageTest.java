package org.runwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.runwright.run.RunState;
import org.runwright.run.StepState;

/** docs/states.md draws what the code allows. */
class StatesPageTest {

  private static final Pattern EDGE = Pattern.compile("\\s*(\\S+) --> ([^\\s:]+)(\\s*:.*)?");

  private static final List<List<String>> DRAWINGS = Page.read("docs/states.md").blocks("mermaid");

  @Test
  void the_life_of_a_run_is_drawn_edge_by_edge() {
    Set<String> allowed = new TreeSet<>(Set.of("[*] " + RunState.QUEUED));
    for (RunState state : RunState.values()) {
      state.next().forEach(next -> allowed.add(state + " " + next));
      if (state.ended()) {
        allowed.add(state + " [*]");
      }
    }

    assertThat(edges(DRAWINGS.get(0))).isEqualTo(allowed);
  }

  @Test
  void every_state_of_a_step_is_drawn_with_its_end() {
    Set<String> edges = edges(DRAWINGS.get(1));

    assertThat(Arrays.stream(StepState.values()).map(StepState::name))
        .allSatisfy(state -> assertThat(edges).anyMatch(edge -> edge.endsWith(" " + state)));
    assertThat(edges).contains("[*] " + StepState.PENDING);
    assertThat(Arrays.stream(StepState.values()).filter(state -> edges.contains(state + " [*]")))
        .containsExactlyInAnyOrder(
            Arrays.stream(StepState.values()).filter(StepState::ended).toArray(StepState[]::new));
  }

  private static Set<String> edges(List<String> drawing) {
    Set<String> edges = new TreeSet<>();
    for (String line : drawing) {
      var matcher = EDGE.matcher(line);
      if (matcher.matches()) {
        edges.add(matcher.group(1) + " " + matcher.group(2));
      }
    }
    return edges;
  }
}
