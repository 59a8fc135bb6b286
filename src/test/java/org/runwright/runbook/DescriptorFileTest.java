package org.runwright.runbook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runwright.platform.FileProblems;

class DescriptorFileTest {

  private static final FixedProcesses PROCESSES =
      new FixedProcesses().with("start-platform", true).with("quiet", false).reserving("approved");

  @Test
  void the_descriptor_of_the_contract_is_read() {
    Runbook runbook =
        read(
            """
            runbook: start-platform
            title: Start the platform
            process: start-platform
            inputs:
              services: { type: list, default: [], description: "only these and what they need; empty: all" }
              reason:   { type: string, required: true, max-length: 500 }
            approval:  { when: "#{site == 'production'}", groups: [approver], quorum: 2, four-eyes: false, timeout: PT10M, on-timeout: approve }
            locks:     [ "platform", "platform" ]
            timeout:   PT2H
            run-by:    [operator, admin]
            """);
    assertThat(runbook)
        .isEqualTo(
            new Runbook(
                "start-platform",
                "Start the platform",
                "",
                "start-platform",
                List.of(
                    new Input(
                        "services",
                        Input.Type.LIST,
                        false,
                        Optional.of(List.of()),
                        1_000,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        "only these and what they need; empty: all"),
                    new Input(
                        "reason",
                        Input.Type.STRING,
                        true,
                        Optional.empty(),
                        500,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        "")),
                Optional.of(
                    new ApprovalRule(
                        Optional.of("#{site == 'production'}"),
                        List.of("approver"),
                        2,
                        false,
                        Duration.ofMinutes(10),
                        ApprovalRule.OnTimeout.APPROVE)),
                List.of("platform"),
                Duration.ofHours(2),
                List.of("operator", "admin")));
  }

  @Test
  void what_is_left_out_has_defaults() {
    Runbook runbook = read("runbook: r\nprocess: start-platform\napproval: {}\ninputs: {a: {}}");
    assertThat(runbook.title()).isEqualTo("r");
    assertThat(runbook.timeout()).isEqualTo(Duration.ofHours(1));
    assertThat(runbook.runBy()).containsExactly("operator");
    assertThat(runbook.locks()).isEmpty();
    assertThat(runbook.approval())
        .contains(
            new ApprovalRule(
                Optional.empty(),
                List.of("approver"),
                1,
                true,
                Duration.ofMinutes(30),
                ApprovalRule.OnTimeout.REJECT));
    assertThat(runbook.inputs().get(0).type()).isEqualTo(Input.Type.STRING);
    assertThat(runbook.inputs().get(0).maxLength()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"#{true}", "${site == 'a'}", " #{a} ", "#{services.size() > 3 && a == '}'}"})
  void expressions_are_taken(String when) {
    Runbook runbook =
        read("runbook: r\nprocess: start-platform\napproval: {when: \"" + when + "\"}");
    assertThat(runbook.approval().orElseThrow().when()).contains(when);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal("1:1", "\"runbook\" is missing", "process: quiet"),
        refusal("1:1", "\"process\" is missing", "runbook: r"),
        refusal("1:10", "must be an id", "runbook: 'a b'\nprocess: quiet"),
        refusal("1:10", "must be an id", "runbook: ../x\nprocess: quiet"),
        refusal(
            "2:10",
            "no process \"quite\" is deployed; did you mean \"quiet\"?",
            "runbook: r\nprocess: quite"),
        refusal("2:10", "must be the id of a BPMN process", "runbook: r\nprocess: '${x}'"),
        refusal(
            "3:11",
            "the process quiet has no call activity `approval`; without it the rule would be ignored",
            "runbook: r\nprocess: quiet\napproval: {}"),
        more("input: {}", 1, "unknown key \"input\"; did you mean \"inputs\"?"),
        more("title: ' '", 8, "must be one line of text"),
        more("timeout: 1h", 10, "did you mean PT1H?"),
        more("timeout: PT721H", 10, "at most P30D"),
        more(
            "run-by: [operators]",
            10,
            "did you mean \"operator\"? allowed: viewer, operator, approver, admin"),
        more("run-by: operator", 9, "must be a list"),
        more("locks: platform", 8, "must be a list"),
        more("locks: ['']", 9, "must be the name of a lock"),
        more("approval: true", 11, "must be a mapping"),
        more("approval: {when: 'site == 1'}", 18, "must be an expression such as #{"),
        more("approval: {when: '#{}'}", 18, "must be an expression such as #{"),
        more("approval: {groups: [boss]}", 21, "unknown value \"boss\"; allowed: viewer"),
        more("approval: {groups: []}", 20, "must name at least one group"),
        more("approval: {quorum: 0}", 20, "from 1 to 20"),
        more("approval: {four-eyes: 2}", 23, "must be true or false"),
        more("approval: {timeout: 5}", 21, "ISO-8601"),
        more(
            "approval: {on-timeout: accept}",
            24,
            "unknown value \"accept\"; allowed: reject, approve"),
        more("approval: {quroum: 1}", 12, "did you mean \"quorum\"?"),
        more("inputs: [a]", 9, "must be a mapping"),
        more("inputs: {a-b: {}}", 10, "an input's name"),
        more("inputs: {approved: {}}", 10, "\"approved\" is a variable of the processes"),
        more("inputs: {a: text}", 13, "must be a mapping"),
        input(
            "type: text",
            7,
            "unknown value \"text\"; allowed: string, integer, number, boolean, list"),
        input("defualt: x", 1, "did you mean \"default\"?"),
        input("required: maybe", 11, "must be true or false"),
        input("max-length: 0", 13, "from 1 to 10000"),
        input("type: list, max-length: 1001", 25, "from 1 to 1000"),
        input(
            "type: integer, max-length: 3", 28, "\"max-length\" is only for type string and list"),
        input("type: boolean, pattern: x", 25, "\"pattern\" is only for"),
        input("type: number, of: host", 19, "\"of\" is only for"),
        input(
            "of: server",
            5,
            "unknown value \"server\"; allowed: service, host, group, hosts, script"),
        input(
            "pattern: '['",
            10,
            "is not a regular expression: Unclosed character class near character 1"),
        input("allowed: []", 10, "at least one value"),
        input("type: boolean, allowed: [true]", 25, "\"allowed\" is not for type boolean"),
        input("type: integer, allowed: [1, two]", 29, "must be a whole number"),
        input("default: 5", 10, "the default must be a text"),
        input("default:", 9, "a default needs a value"),
        input("default: abc, max-length: 2", 10, "the default has 3 characters, but at most 2"),
        input("default: abc, pattern: x+", 10, "the default must match the pattern x+"),
        input("default: c, allowed: [a, b]", 10, "the default must not be \"c\"; allowed: a, b"),
        input("type: integer, default: 1.5", 25, "the default must be a whole number"),
        input("type: integer, default: '1'", 25, "the default must be a whole number"),
        input("type: integer, default: 6, allowed: [1, 2]", 25, "the default must not be \"6\""),
        input("type: number, default: x", 24, "the default must be a number"),
        input("type: boolean, default: 1", 25, "the default must be true or false"),
        input("type: list, default: x", 22, "the default must be a list of texts"),
        input("type: list, default: [a, 1]", 22, "element 2 is none"),
        input("type: list, default: [a, b], max-length: 1", 22, "has 2 elements, but at most 1"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void what_is_wrong_is_told_with_place(String place, String message, String text) {
    FileProblems problems = new FileProblems("r.yml");
    DescriptorFile reader = new DescriptorFile(Optional.of(PROCESSES));
    assertThat(reader.read(text.getBytes(UTF_8), problems)).isEmpty();
    assertThat(problems.all())
        .as(text)
        .anySatisfy(
            problem -> {
              assertThat(problem.line() + ":" + problem.column()).isEqualTo(place);
              assertThat(problem.message()).contains(message);
            });
  }

  @Test
  void all_problems_of_a_descriptor_are_told_at_once() {
    FileProblems problems = new FileProblems("r.yml");
    String text = "runbook: 'a b'\nprocess: quite\ntimeout: 1h\nrun-by: [x]\nfoo: 1";
    new DescriptorFile(Optional.of(PROCESSES)).read(text.getBytes(UTF_8), problems);
    assertThat(problems.all()).hasSize(4);
  }

  @Test
  void processes_are_left_alone_while_they_are_not_known() {
    FileProblems problems = new FileProblems("r.yml");
    byte[] text = "runbook: r\nprocess: unknown\napproval: {}".getBytes(UTF_8);
    assertThat(new DescriptorFile(Optional.empty()).read(text, problems)).isPresent();
  }

  private static Arguments refusal(String place, String message, String text) {
    return Arguments.of(place, message, text);
  }

  private static Arguments more(String line, int column, String message) {
    return refusal("3:" + column, message, "runbook: r\nprocess: start-platform\n" + line);
  }

  private static Arguments input(String keys, int column, String message) {
    String head = "inputs: {a: {";
    return more(head + keys + "}}", head.length() + column, message);
  }

  private static Runbook read(String text) {
    FileProblems problems = new FileProblems("r.yml");
    Optional<Runbook> runbook =
        new DescriptorFile(Optional.of(PROCESSES))
            .read(text.getBytes(UTF_8), problems)
            .map(DescriptorFile.Descriptor::runbook);
    assertThat(problems.all()).isEmpty();
    return runbook.orElseThrow();
  }
}
