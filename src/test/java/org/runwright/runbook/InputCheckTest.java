package org.runwright.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runwright.platform.FileProblems;
import org.runwright.platform.Host;
import org.runwright.platform.Inventory;
import org.runwright.platform.Login;
import org.runwright.platform.Platform;
import org.runwright.platform.Service;
import org.runwright.platform.ServiceCommands;
import org.runwright.platform.ServiceManager;
import org.runwright.platform.ServiceMap;

class InputCheckTest {

  private static final Platform PLATFORM = platform();
  private static final Runbook RUNBOOK =
      runbook(
          """
          services: { type: list, of: service, default: [] }
          reason: { required: true, max-length: 10 }
          host: { of: host }
          group: { of: group }
          size: { type: integer, default: 2, allowed: [1, 2, 3] }
          count: { type: integer }
          ratio: { type: number }
          force: { type: boolean, default: false }
          code: { pattern: '[a-z]{2}\\d' }
          tags: { type: list, max-length: 2, pattern: '[a-z]+' }
          mode: { allowed: [slow, fast] }
          note: {}
          """);

  @Test
  void good_inputs_are_typed_and_defaults_filled_in() throws JsonProcessingException {
    Map<String, Object> values =
        check(
            """
            {"reason": "because", "services": ["database"], "host": "db1", "group": "db", "size": 3.0,
             "count": 9007199254740993, "ratio": 1, "code": "ab1", "tags": ["x"], "mode": "fast", "note": null}
            """);
    assertThat(values)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("services", List.of("database")),
                Map.entry("reason", "because"),
                Map.entry("host", "db1"),
                Map.entry("group", "db"),
                Map.entry("size", 3L),
                Map.entry("count", 9_007_199_254_740_993L),
                Map.entry("ratio", 1.0),
                Map.entry("force", false),
                Map.entry("code", "ab1"),
                Map.entry("tags", List.of("x")),
                Map.entry("mode", "fast")));
    assertThat(check("{\"reason\": \"x\"}"))
        .isEqualTo(Map.of("reason", "x", "services", List.of(), "size", 2L, "force", false));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments("reason", "null", "is required"),
        arguments("reason", "\" \"", "is required and must not be empty"),
        arguments("reason", "5", "must be a text"),
        arguments("reason", "\"12345678901\"", "has 11 characters, but at most 10 are allowed"),
        arguments("reason", "\"a\\u0000\"", "must not hold a NUL character"),
        arguments("reason", "{}", "must be a text"),
        arguments("note", "\"" + "x".repeat(10_001) + "\"", "at most 10000 are allowed"),
        arguments("services", "\"database\"", "must be a list of texts"),
        arguments("services", "[1]", "element 1 is none"),
        arguments("services", "[\"database\", null]", "element 2 is none"),
        arguments(
            "services",
            "[\"databse\"]",
            "names no service: \"databse\"; did you mean \"database\"?"),
        arguments("services", "[\"a\\u0000\"]", "element 1 must not hold a NUL character"),
        arguments("host", "\"db\"", "names no host: \"db\""),
        arguments("group", "\"db1\"", "names no group: \"db1\""),
        arguments("size", "4", "must not be \"4\"; allowed: 1, 2, 3"),
        arguments("size", "\"2\"", "must be a whole number"),
        arguments("size", "2.5", "must be a whole number"),
        arguments("count", "1e30", "at most 64 bits"),
        arguments("count", "9223372036854775808", "at most 64 bits"),
        arguments("ratio", "\"1\"", "must be a number"),
        arguments("ratio", "1e999", "must be a finite number"),
        arguments("force", "\"true\"", "must be true or false"),
        arguments("force", "1", "must be true or false"),
        arguments("code", "\"ab12\"", "must match the pattern [a-z]{2}\\d"),
        arguments("code", "\"ab1\\n\"", "must match the pattern"),
        arguments("tags", "[\"a\", \"b\", \"c\"]", "has 3 elements, but at most 2"),
        arguments("tags", "[\"a\", \"B\"]", "element 2 must match the pattern [a-z]+"),
        arguments("mode", "\"fats\"", "did you mean \"fast\"? allowed: slow, fast"),
        arguments("forse", "true", "is no input of this runbook; did you mean \"force\"?"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void a_wrong_input_is_told(String field, String json, String message) {
    String rest = field.equals("reason") ? "" : "\"reason\": \"x\", ";
    InvalidInputs refused = refused("{" + rest + "\"" + field + "\": " + json + "}");
    assertThat(refused.problems()).hasSize(1);
    assertThat(refused.problems().get(0).field()).isEqualTo(field);
    assertThat(refused.problems().get(0).message()).contains(message);
  }

  @Test
  void all_wrong_fields_are_told_at_once() {
    InvalidInputs refused = refused("{\"size\": 9, \"force\": 1, \"x\": 1, \"y\": 2}");
    assertThat(refused.problems())
        .extracting(InvalidInputs.Problem::field)
        .containsExactly("x", "y", "reason", "size", "force");
  }

  @ParameterizedTest
  @ValueSource(strings = {"; touch pwned", "$(id)", "`id`", "a\nb", "'\"\\", "${x}", "#{1+1}"})
  void an_injection_stays_the_text_it_is(String text) {
    Map<String, Object> given = Map.of("reason", "x", "note", text);
    assertThat(InputCheck.check(RUNBOOK, given, PLATFORM)).containsEntry("note", text);
    assertThatThrownBy(
            () -> InputCheck.check(RUNBOOK, Map.of("reason", "x", "host", text), PLATFORM))
        .isInstanceOf(InvalidInputs.class);
  }

  @Test
  void a_megabyte_is_answered_in_a_few_words() {
    Map<String, Object> given = new HashMap<>();
    given.put("x".repeat(1 << 20), 1);
    given.put("reason", "x".repeat(1 << 20));
    given.put("host", "x".repeat(9_999));
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      many.add("x");
      given.put("unknown" + i, 1);
    }
    given.put("services", many);
    InvalidInputs refused =
        catchThrowableOfType(InvalidInputs.class, () -> InputCheck.check(RUNBOOK, given, PLATFORM));
    assertThat(refused.toString()).hasSizeLessThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+b", "(a|aa)+$b", "(.*)(.*)(.*)(.*)[^a]", "(a|b)*c"})
  @Timeout(10)
  void a_pattern_that_takes_for_ever_is_given_up(String pattern) {
    Runbook runbook = runbook("text: { pattern: '" + pattern + "' }");
    Map<String, Object> given = Map.of("text", "a".repeat(10_000));
    InvalidInputs refused =
        catchThrowableOfType(InvalidInputs.class, () -> InputCheck.check(runbook, given, PLATFORM));
    assertThat(refused.problems().get(0).message()).containsAnyOf("takes too long", "must match");
  }

  @Test
  void length_is_counted_in_characters_and_not_in_surrogates() {
    Map<String, Object> given = Map.of("reason", "\uD83D\uDE80".repeat(10));
    assertThat(InputCheck.check(RUNBOOK, given, PLATFORM)).isNotEmpty();
  }

  @Test
  void the_inputs_are_a_json_schema() throws JsonProcessingException {
    String schema = new ObjectMapper().writeValueAsString(InputSchema.of(RUNBOOK));
    assertThat(new ObjectMapper().readTree(schema))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "r", "type": "object",
                     "properties": {
                       "services": {"type": "array", "items": {"type": "string", "maxLength": 10000, "x-of": "service"}, "maxItems": 1000, "default": []},
                       "reason": {"type": "string", "maxLength": 10, "minLength": 1},
                       "host": {"type": "string", "maxLength": 10000, "x-of": "host"},
                       "group": {"type": "string", "maxLength": 10000, "x-of": "group"},
                       "size": {"type": "integer", "enum": [1, 2, 3], "default": 2},
                       "count": {"type": "integer"},
                       "ratio": {"type": "number"},
                       "force": {"type": "boolean", "default": false},
                       "code": {"type": "string", "maxLength": 10000, "pattern": "^(?:[a-z]{2}\\\\d)$"},
                       "tags": {"type": "array", "items": {"type": "string", "maxLength": 10000, "pattern": "^(?:[a-z]+)$"}, "maxItems": 2},
                       "mode": {"type": "string", "maxLength": 10000, "enum": ["slow", "fast"]},
                       "note": {"type": "string", "maxLength": 10000}},
                     "required": ["reason"], "additionalProperties": false}
                    """));
  }

  @ParameterizedTest
  @MethodSource("written")
  void texts_are_read_as_they_have_to_be(String json, String problem) throws Exception {
    Runbook runbook =
        runbook(
            """
            on: { of: hosts, default: all }
            script: { of: script }
            serial: { of: serial, default: "0" }
            budget: { of: error-budget }
            limit: { of: duration }
            """);
    Map<String, Object> given = new ObjectMapper().readValue(json, new TypeReference<>() {});
    InvalidInputs refused =
        catchThrowableOfType(
            InvalidInputs.class,
            () -> InputCheck.check(runbook, given, PLATFORM, () -> List.of("clean.sh")));

    if (problem.isEmpty()) {
      assertThat(refused).isNull();
    } else {
      assertThat(refused.problems().toString()).contains(problem);
    }
  }

  static Stream<Arguments> written() {
    return Stream.of(
        arguments("{}", ""),
        arguments("{\"on\": \"db:!db1\"}", "field=on, message=selects no host"),
        arguments("{\"on\": \"d*\"}", ""),
        arguments("{\"on\": \"db2\"}", "names no host or group: \"db2\"; did you mean \"db\"?"),
        arguments("{\"script\": \"clean.sh\"}", ""),
        arguments("{\"script\": \"clena.sh\"}", "did you mean \"clean.sh\"?"),
        arguments("{\"serial\": [1, 5, \"20%\"]}", ""),
        arguments("{\"serial\": 5}", ""),
        arguments("{\"serial\": \"5 %\"}", "field=serial, message=cannot be read: serial must be"),
        arguments("{\"serial\": true}", "must be a text"),
        arguments("{\"budget\": 3}", ""),
        arguments("{\"budget\": \"10%\"}", ""),
        arguments("{\"budget\": [1]}", "must be a text"),
        arguments("{\"limit\": \"PT10M\"}", ""),
        arguments("{\"limit\": \"10m\"}", "field=limit, message=must be a duration such as PT30S"),
        arguments("{\"limit\": \"PT0S\"}", "above zero"));
  }

  private static Map<String, Object> check(String json) throws JsonProcessingException {
    Map<String, Object> given = new ObjectMapper().readValue(json, new TypeReference<>() {});
    return InputCheck.check(RUNBOOK, given, PLATFORM);
  }

  private static InvalidInputs refused(String json) {
    return catchThrowableOfType(InvalidInputs.class, () -> check(json));
  }

  private static Runbook runbook(String inputs) {
    String text = "runbook: r\nprocess: p\ninputs:\n" + inputs.indent(2);
    FileProblems problems = new FileProblems("r.yml");
    Optional<Runbook> runbook =
        new DescriptorFile(Optional.empty())
            .read(text.getBytes(StandardCharsets.UTF_8), problems)
            .map(DescriptorFile.Descriptor::runbook);
    assertThat(problems.all()).isEmpty();
    return runbook.orElseThrow();
  }

  private static Platform platform() {
    Login login = new Login("u", Optional.empty(), Optional.empty(), Optional.empty());
    Host host =
        new Host("db1", "db1", 22, login, Optional.empty(), List.of(), new TreeSet<>(), Map.of());
    Service service =
        new Service(
            "database",
            "db",
            ServiceManager.SYSTEMD,
            "mariadb",
            new ServiceCommands(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            true,
            List.of(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            new TreeSet<>());
    return new Platform(
        new Inventory(
            new TreeMap<>(Map.of("db1", host)),
            new TreeMap<>(Map.of("all", List.of("db1"), "db", List.of("db1"))),
            Map.of()),
        new ServiceMap("p", new TreeMap<>(Map.of("database", service))));
  }
}
