package org.runwright.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StepOutputTest {

  private static final int LONG = 64 * 1024;

  @Test
  void only_whole_lines_are_taken_while_more_may_follow() {
    assertThat(StepOutput.taken(bytes("one\ntwo\nthr"), false)).isEqualTo("one\ntwo\n".length());
    assertThat(StepOutput.taken(bytes("no end yet"), false)).isZero();
  }

  @Test
  void everything_is_taken_when_nothing_follows() {
    assertThat(StepOutput.taken(bytes("one\ntwo"), true)).isEqualTo("one\ntwo".length());
  }

  @Test
  void a_line_without_end_is_taken_in_parts_but_no_character_is_cut() {
    byte[] line = bytes("a".repeat(LONG - 1) + "€");
    byte[] cut = java.util.Arrays.copyOf(line, LONG + 1);

    assertThat(StepOutput.taken(cut, false)).isEqualTo(LONG - 1);
  }

  @Test
  void bytes_that_are_no_characters_are_taken_as_they_are() {
    byte[] garbage = new byte[LONG];
    java.util.Arrays.fill(garbage, (byte) 0x80);

    assertThat(StepOutput.taken(garbage, false)).isEqualTo(LONG);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
