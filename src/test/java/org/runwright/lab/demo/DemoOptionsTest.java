package org.runwright.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {

  @Test
  void nothing_given_means_stay_up_on_a_port_of_its_own_choice() {
    assertThat(DemoOptions.parse(List.of()))
        .isEqualTo(new DemoOptions(false, false, OptionalInt.empty(), Optional.empty()));
  }

  @Test
  void options_may_be_combined() {
    assertThat(DemoOptions.parse(List.of("--once", "--port", "9000", "--break", "crm")))
        .isEqualTo(new DemoOptions(false, true, OptionalInt.of(9000), Optional.of("crm")));
    assertThat(DemoOptions.parse(List.of("--port=9000")).port()).hasValue(9000);
  }

  @Test
  void what_is_wrong_is_named() {
    assertThatThrownBy(() -> DemoOptions.parse(List.of("--twice"))).hasMessageContaining("--twice");
    assertThatThrownBy(() -> DemoOptions.parse(List.of("--port")))
        .hasMessageContaining("needs a value");
    assertThatThrownBy(() -> DemoOptions.parse(List.of("--port", "70000")))
        .hasMessageContaining("70000");
    assertThatThrownBy(() -> DemoOptions.parse(List.of("--break=all"))).hasMessageContaining("all");
  }
}
