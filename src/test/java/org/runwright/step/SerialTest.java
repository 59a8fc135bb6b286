package org.runwright.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SerialTest {

  /** The first three are the examples of Ansible's guide, "Setting the batch size with serial". */
  static Stream<Arguments> examples() {
    return Stream.of(
        arguments(3, 6, List.of(3, 3)),
        arguments("30%", 10, List.of(3, 3, 3, 1)),
        arguments(List.of(1, 5, 10), 20, List.of(1, 5, 10, 4)),
        arguments(List.of("10%", "20%", "100%"), 20, List.of(2, 4, 14)),
        arguments(List.of(1, 5, "20%"), 30, List.of(1, 5, 6, 6, 6, 6)),
        arguments("1, 5, 20%", 30, List.of(1, 5, 6, 6, 6, 6)),
        arguments(" 2 ", 5, List.of(2, 2, 1)),
        arguments("30%", 2, List.of(1, 1)),
        arguments("0%", 2, List.of(1, 1)),
        arguments("29%", 100, List.of(29, 29, 29, 13)),
        arguments("100%", 7, List.of(7)),
        arguments(0, 7, List.of(7)),
        arguments(List.of(1, 0), 7, List.of(1, 6)),
        arguments(999_999_999, 3, List.of(3)),
        arguments(1L, 3, List.of(1, 1, 1)),
        arguments(null, 3, List.of(3)),
        arguments(5, 0, List.of()));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void hosts_are_cut_into_batches_as_ansible_does(
      @Nullable Object serial, int hosts, List<Integer> sizes) {
    List<String> all = IntStream.rangeClosed(1, hosts).mapToObj(i -> "h" + i).toList();

    List<List<String>> batches = Serial.parse(serial).batches(all);

    assertThat(batches).extracting(List::size).isEqualTo(sizes);
    assertThat(batches.stream().flatMap(List::stream)).isEqualTo(all);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("-1", "\"-1\""),
        arguments(-1, "\"-1\""),
        arguments(1.5, "\"1.5\""),
        arguments("33.3%", "\"33.3%\""),
        arguments("101%", "\"101%\""),
        arguments("many", "\"many\""),
        arguments("", "\"\""),
        arguments("1,,2", "\"\""),
        arguments("9999999999", "\"9999999999\""),
        arguments(true, "\"true\""),
        arguments(List.of(), "an empty list"),
        arguments(List.of(1, List.of(2)), "\"[2]\""),
        arguments(Map.of("a", 1), "\"{a=1}\""));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void what_is_no_serial_is_refused_and_what_is_one_told(Object serial, String named) {
    assertThatThrownBy(() -> Serial.parse(serial))
        .isInstanceOf(StepRefused.class)
        .hasMessageContaining("[1, 5, \"20%\"]")
        .hasMessageEndingWith("not " + named);
  }

  @Test
  void it_is_told_as_a_person_writes_it() {
    assertThat(Serial.parse(List.of(1, 5, "20%"))).hasToString("1, 5, 20%");
  }
}
