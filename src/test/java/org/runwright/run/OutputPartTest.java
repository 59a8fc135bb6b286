package org.runwright.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutputPartTest {

  private static final int LONG = 64 * 1024;

  @Test
  void only_whole_lines_are_taken_while_more_may_follow() {
    assertThat(OutputPart.taken(bytes("one\ntwo\nthr"), 0, false)).isEqualTo("one\ntwo\n".length());
    assertThat(OutputPart.taken(bytes("no end yet"), 0, false)).isZero();
  }

  @Test
  void everything_is_taken_when_nothing_follows() {
    assertThat(OutputPart.taken(bytes("one\ntwo"), 0, true)).isEqualTo("one\ntwo".length());
  }

  @Test
  void a_line_without_end_is_taken_in_parts_but_no_character_is_cut() {
    byte[] line = bytes("a".repeat(LONG - 1) + "€");
    byte[] cut = java.util.Arrays.copyOf(line, LONG + 1);

    assertThat(OutputPart.taken(cut, 0, false)).isEqualTo(LONG - 1);
  }

  @Test
  void bytes_that_are_no_characters_are_taken_as_they_are() {
    byte[] garbage = new byte[LONG];
    java.util.Arrays.fill(garbage, (byte) 0x80);

    assertThat(OutputPart.taken(garbage, 0, false)).isEqualTo(LONG);
  }

  @Test
  void after_a_jump_what_is_left_of_a_line_is_left_out_too() {
    OutputPart part = OutputPart.of(bytes("of-a-secret\nwhole\nnext"), 100, 50, false);

    assertThat(part.leftOut()).isEqualTo(50 + "of-a-secret\n".length());
    assertThat(part.rows(FeedEvent.Type.STDOUT, text -> text))
        .containsExactly(new OutputRow(FeedEvent.Type.STDOUT, "whole\n", 162, 168));
    assertThat(part.offset()).isEqualTo(168);
  }

  @Test
  void after_a_jump_into_a_line_without_end_more_is_left_out_than_a_secret_is_long() {
    byte[] line = bytes("x".repeat(LONG + 10));

    assertThat(OutputPart.of(line, 0, 5, true).leftOut()).isEqualTo(5 + LONG);
    assertThat(OutputPart.of(bytes("short"), 0, 5, false).isEmpty()).isTrue();
    assertThat(OutputPart.of(bytes("short"), 0, 5, true).leftOut()).isEqualTo(10);
  }

  @Test
  void rows_hold_whole_lines_and_follow_each_other() {
    String text = "0123456789abcde\n".repeat(10_000) + "end";
    OutputPart part = OutputPart.of(bytes(text), 7, 0, true);

    var rows = part.rows(FeedEvent.Type.STDERR, row -> row);

    assertThat(rows.stream().map(OutputRow::text).collect(Collectors.joining())).isEqualTo(text);
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).from()).isEqualTo(7);
    assertThat(rows.get(1).from()).isEqualTo(rows.get(0).to());
    assertThat(rows.get(0).text()).endsWith("\n");
    assertThat(rows.get(2).to()).isEqualTo(7 + text.length());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
