package org.runwright.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.runwright.ssh.Token;

class StepPlaceTest {

  @Test
  void the_same_place_has_the_same_name_whenever_the_engine_comes_to_it() {
    assertThat(StepPlace.of("run", "start", "/0/1", 0))
        .isEqualTo(StepPlace.of("run", "start", "/0/1", 0));
  }

  @Test
  void another_run_element_loop_visit_or_attempt_has_another_name() {
    String place = StepPlace.of("run", "start", "/0/1", 0);

    assertThat(place)
        .isNotEqualTo(StepPlace.of("run2", "start", "/0/1", 0))
        .isNotEqualTo(StepPlace.of("run", "stop", "/0/1", 0))
        .isNotEqualTo(StepPlace.of("run", "start", "/1/0", 0))
        .isNotEqualTo(StepPlace.of("run", "start", "/0/1", 1));
    assertThat(StepPlace.stepId("run", place, 1)).isNotEqualTo(StepPlace.stepId("run", place, 2));
  }

  @Test
  void the_name_is_a_legal_token() {
    assertThat(new Token(StepPlace.stepId("run", "place", 1)).value()).hasSize(32);
  }
}
