package org.runwright.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

  private static final List<String> KEYS = List.of("hosts", "manager", "depends-on", "tcp");

  @ParameterizedTest
  @CsvSource({
    "host,hosts",
    "Manager,manager",
    "dependson,depends-on",
    "depends_on,depends-on",
    "tpc,tcp"
  })
  void near_words_are_suggested(String word, String meant) {
    assertThat(Suggestion.nearest(word, KEYS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"x", "tcpip", "unit", "requires"})
  void far_words_are_not(String word) {
    assertThat(Suggestion.nearest(word, KEYS)).isEmpty();
  }

  @Test
  void long_words_and_long_lists_stay_short() {
    assertThat(Suggestion.nearest("h".repeat(1_000_000), KEYS)).isEmpty();
    List<String> many = java.util.stream.IntStream.range(0, 500).mapToObj(i -> "n" + i).toList();
    assertThat(Suggestion.ending("zzz", many)).hasSizeLessThan(200).endsWith("…");
    assertThat(Suggestion.ending("zzz", List.of())).isEqualTo("; there are none");
  }
}
