package org.runwright.platform;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {

  private final FileProblems problems = new FileProblems("some.yml");

  static Stream<Refusal> malformed() {
    return Stream.of(
        Refusal.of("1:1", "the file is empty", ""),
        Refusal.of("1:1", "the file is empty", "# only a comment\n"),
        Refusal.of("1:1", "must be a mapping", "just text"),
        Refusal.of("1:1", "must be a mapping (key: value), but a list is there", "- a"),
        Refusal.of("2:5", "not valid YAML", "a: 1\nb: c: 2"),
        Refusal.of("2:1", "a tab cannot stand here; indent with spaces", "a:\n\tb: 1"),
        Refusal.of("2:4", "a NUL character cannot stand in the file", "a: 1\nb: \0"),
        Refusal.of("1:4", "U+0007", "a: \u0007"),
        Refusal.of("1:4", "holds a NUL character", "a: \"x\\0\""),
        Refusal.of("3:1", "\"a\" is there twice, first in line 1", "a: 1\nb: 2\na: 3"),
        Refusal.of("2:10", "\"x\" is there twice, first in line 2", "a: 1\nb: {x: 1,x: 2}"),
        Refusal.of("1:3", "a key must be a text", "? [a, b]\n: c"),
        Refusal.of("1:1", "a key is missing", "'': x"),
        Refusal.of("1:4", "unknown tag", "a: !!java.net.URL [\"http://x\"]"),
        Refusal.of("1:4", "unknown tag", "a: !mine x"),
        Refusal.of("1:4", "contains itself", "a: &x [*x]"),
        Refusal.of("1:11", "names no anchor", "password: *geheim"),
        Refusal.of("2:1", "a second document begins here", "a: 1\n---\nb: 2"),
        Refusal.of("2:5", "only mappings can be merged by <<", "a: 1\n<<: b"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformed_files_are_told_with_place(Refusal refusal) {
    YamlFile.read(refusal.text().getBytes(UTF_8), problems);
    refusal.isTold(problems.all());
  }

  @Test
  void bytes_that_are_not_utf_8_are_told_with_place() {
    assertThat(YamlFile.read("a: 1\nb: M\u00fcller".getBytes(ISO_8859_1), problems)).isEmpty();
    assertThat(problems.all())
        .containsExactly(
            new FileProblem("some.yml", 2, 5, "byte 0xFC is not UTF-8; save the file as UTF-8"));
  }

  @Test
  void a_cut_utf_8_sequence_is_told() {
    assertThat(YamlFile.read(new byte[] {'a', ':', ' ', (byte) 0xC3}, problems)).isEmpty();
    assertThat(problems.all()).hasSize(1);
  }

  @Test
  void a_message_never_holds_a_value() {
    YamlFile.read("password: *geheim\ntoken: !geheim x".getBytes(UTF_8), problems);
    YamlFile.read("token: !geheim x".getBytes(UTF_8), problems);
    assertThat(problems.all()).hasSize(2);
    assertThat(problems.all().toString()).doesNotContain("geheim");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[", "{", "- ", "? ", "&a ", "*a ", "!", "\"", "a: ", "%", "|\n", "[a,", "a: {"})
  void a_megabyte_of_one_thing_is_a_problem_and_no_exception(String thing) {
    byte[] content = thing.repeat(YamlFile.MAX_BYTES / thing.length()).getBytes(UTF_8);
    assertThat(YamlFile.read(content, problems)).isEmpty();
    assertThat(problems.all())
        .isNotEmpty()
        .allSatisfy(p -> assertThat(p.message()).hasSizeLessThan(400));
  }

  @Test
  void garbage_is_a_problem_and_no_exception() {
    Random random = new Random(7);
    String signs = "abc:-?[]{},#&*!|>'\"%@` \n\n  0";
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(60), 0, signs.length()).forEach(i -> text.append(signs.charAt(i)));
      FileProblems own = new FileProblems("f");
      assertThatCode(
              () -> {
                Optional<YamlMap> map = YamlFile.read(text.toString().getBytes(UTF_8), own);
                assertThat(map.isPresent() || !own.none()).isTrue();
                map.ifPresent(YamlMap::plain);
              })
          .as(text.toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void random_megabyte_is_a_problem() {
    byte[] content = new byte[YamlFile.MAX_BYTES];
    new Random(1).nextBytes(content);
    assertThat(YamlFile.read(content, problems)).isEmpty();
    assertThat(problems.all()).hasSize(1);
  }

  @Test
  void too_large_a_file_is_refused() {
    assertThat(YamlFile.read(new byte[YamlFile.MAX_BYTES + 1], problems)).isEmpty();
    assertThat(problems.all().toString()).contains("larger than 1 MiB");
  }

  @Test
  void aliases_that_multiply_are_refused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1);
      bomb.append(
          "a"
              + i
              + ": &a"
              + i
              + " ["
              + String.join(", ", List.of(alias, alias, alias, alias, alias, alias, alias, alias))
              + "]\n");
    }
    assertThat(YamlFile.read(bomb.toString().getBytes(UTF_8), problems)).isEmpty();
    assertThat(problems.all().toString()).contains("more than 100,000 values");
  }

  @Test
  void merge_keys_are_followed_and_the_nearer_wins() {
    YamlMap map = read("base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\nall: {<<: [*b, *m], x: 9}");
    assertThat(map.get("all").orElseThrow().plain()).isEqualTo(Map.of("x", 9L, "y", 2L, "z", 4L));
  }

  @Test
  void plain_values_are_those_of_yaml() {
    YamlMap map =
        read(
            "a: [yes, 12, 0x1F, 017, 1_000, 1.5, .inf, 2024-01-01, '12', null, 190:20:30, !vault x]");
    assertThat(map.get("a").orElseThrow().plain())
        .isEqualTo(
            List.of(
                true, 12L, 31L, 15L, 1000L, 1.5, ".inf", "2024-01-01", "12", "", "190:20:30", "x"));
  }

  @Test
  void a_byte_order_mark_is_no_harm() {
    assertThat(read("\uFEFFa: 1").has("a")).isTrue();
  }

  @Test
  void durations_are_iso_and_a_shorthand_is_answered_with_what_was_meant() {
    YamlMap map = read("a: PT1M30S\nb: 30s\nc: PT0S\nd: P31D\ne: -PT1S\nf: [x]");
    assertThat(map.get("a").orElseThrow().duration()).contains(Duration.ofSeconds(90));
    for (String key : List.of("b", "c", "d", "e", "f")) {
      assertThat(map.get(key).orElseThrow().duration()).isEmpty();
    }
    assertThat(problems.all()).hasSize(5);
    assertThat(problems.all().get(0).message()).contains("did you mean PT30S?");
  }

  @Test
  void unknown_keys_are_answered_with_the_allowed_and_the_nearest() {
    read("ports: 1\nxyz: 2").allow(List.of("port", "host"));
    assertThat(problems.all())
        .containsExactly(
            new FileProblem(
                "some.yml",
                1,
                1,
                "unknown key \"ports\"; did you mean \"port\"? allowed: port, host"),
            new FileProblem("some.yml", 2, 1, "unknown key \"xyz\"; allowed: port, host"));
  }

  @Test
  void numbers_are_whole_decimal_and_within_bounds() {
    YamlMap map = read("a: 80\nb: '80'\nc: 080\nd: 1.5\ne: 70000\nf: x\ng:\nh: 99999999999");
    assertThat(map.get("a").orElseThrow().integer(1, 65_535)).contains(80);
    assertThat(map.get("b").orElseThrow().integer(1, 65_535)).contains(80);
    for (String key : List.of("c", "d", "e", "f", "g", "h")) {
      assertThat(map.get(key).orElseThrow().integer(1, 65_535)).isEmpty();
    }
    assertThat(problems.all()).hasSize(6);
  }

  @Test
  void problems_are_bounded() {
    for (int i = 0; i < 500; i++) {
      problems.add(i, 1, "bad");
    }
    assertThat(problems.all()).hasSize(FileProblems.LIMIT);
  }

  @Test
  void quoted_text_is_cut_and_on_one_line() {
    assertThat(FileProblems.quoted("a\nb\u001b")).isEqualTo("\"a b \"");
    assertThat(FileProblems.quoted("x".repeat(1_000_000))).hasSize(63);
  }

  private YamlMap read(String text) {
    YamlMap map = YamlFile.read(text.getBytes(UTF_8), problems).orElseThrow();
    assertThat(problems.all()).isEmpty();
    return map;
  }
}
