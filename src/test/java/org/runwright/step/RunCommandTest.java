package org.runwright.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runwright.platform.Platform;
import org.runwright.step.LocalShell.Ended;
import org.runwright.step.StepResult.Verdict;

class RunCommandTest {

  private static final Platform PLATFORM = PlatformBuilder.aPlatform().build();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "; touch pwned",
        "$(touch pwned)",
        "`touch pwned`",
        "' ; touch pwned ; '",
        "\" ; touch pwned ; \"",
        "a\ntouch pwned\n",
        "\\",
        "-n",
        "--help",
        "*",
        "~",
        "",
        " ",
        "%s%n\\c",
        "é 🙂",
        "\r\n\t"
      })
  void arguments_are_only_text(String argument) {
    for (List<String> shell : LocalShell.all().toList()) {
      Ended ended =
          new LocalShell(shell, directory)
              .run(
                  command(
                      Map.of("command", "printf '[%s]' \"$1\"", "arguments", List.of(argument))));

      assertThat(ended.out()).isEqualTo("[" + argument + "]");
      assertThat(ended.result().verdict()).isEqualTo(Verdict.SUCCEEDED);
      assertThat(directory.resolve("pwned")).doesNotExist();
    }
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void the_longest_argument_arrives(List<String> shell) {
    String longest = "é".repeat(65_535) + "x";

    Ended ended =
        new LocalShell(shell, directory)
            .run(command(Map.of("command", "printf %s \"$1\"", "arguments", List.of(longest))));

    assertThat(ended.out()).isEqualTo(longest);
  }

  @Test
  void what_no_host_can_take_is_refused() {
    Map<String, Object> big =
        Map.of("command", "true", "arguments", List.of("x".repeat(1024 * 1024)));
    Map<String, Object> many =
        Map.of("command", "true", "arguments", List.of("x".repeat(131_000)).stream().toList());

    assertThatThrownBy(() -> command(big))
        .isInstanceOf(StepRefused.class)
        .hasMessageContaining("a text of 1048576 bytes is too long");
    assertThat(command(many).arguments()).hasSize(2);
    assertThatThrownBy(() -> command(Map.of("command", "true", "arguments", List.of("a\0b"))))
        .isInstanceOf(StepRefused.class)
        .hasMessageContaining("NUL");
    assertThatThrownBy(() -> command(Map.of("command", "true", "undo", "x".repeat(1024 * 1024))))
        .isInstanceOf(StepRefused.class);
  }

  @Test
  void a_success_that_says_nothing_has_changed_something() {
    assertThat(run("true").changed()).contains(true);
    assertThat(run("echo changed=false >>\"$RUNWRIGHT_RESULT\"").changed()).contains(false);
    assertThat(run("exit 1").changed()).isEmpty();
  }

  @Test
  void a_failure_is_told_by_its_last_line() {
    StepResult result = run("echo first >&2; echo disk is full >&2; echo >&2; exit 4");

    assertThat(result.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(result.exitCode()).contains(4);
    assertThat(result.message()).isEqualTo("disk is full (exit code 4)");
    assertThat(run("exit 5").message()).isEqualTo("exit code 5");
    assertThat(run("echo 'message=no licence' >>\"$RUNWRIGHT_RESULT\"; exit 5").message())
        .isEqualTo("no licence");
  }

  @Test
  void the_command_takes_the_place_of_the_script() {
    Ended ended = new LocalShell(List.of("sh"), directory).run(command("kill -KILL $$"));

    assertThat(ended.result().exitCode()).contains(128 + 9);
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void undo_runs_its_own_text_with_the_same_arguments() {
    Map<String, Object> given = new HashMap<>();
    given.put("command", "mkdir \"$1\"");
    given.put("arguments", List.of("a b"));
    given.put("undo", "rmdir \"$1\"");
    given.put("safe-to-repeat", true);
    given.put("title", "Make room");
    PreparedStep step = command(given);

    StepRequest undo = step.undo().orElseThrow();
    PreparedStep undoing = Kinds.ALL.named(undo.kind()).prepare(undo, PLATFORM);

    assertThat(step.title()).isEqualTo("Make room on db1");
    assertThat(undoing.title()).isEqualTo("Undo: Make room on db1");
    assertThat(undoing.arguments()).containsExactly("rmdir \"$1\"", "a b");
    assertThat(undoing.safeToRepeat()).isTrue();
    assertThat(undoing.undo()).isEmpty();
  }

  @Test
  void becoming_follows_the_host_unless_told() {
    Platform withRoot = PlatformBuilder.aPlatform().becoming("root").build();
    Map<String, Object> asked = Map.of("command", "true", "become", true);
    Map<String, Object> declined = Map.of("command", "true", "become", false);

    assertThat(command("true").become()).isFalse();
    assertThat(Kinds.prepare("run-command", withRoot, Map.of("command", "true")).become()).isTrue();
    assertThat(Kinds.prepare("run-command", withRoot, declined).become()).isFalse();
    assertThatThrownBy(() -> command(asked))
        .isInstanceOf(StepRefused.class)
        .hasMessageContaining("ansible_become");
  }

  @Test
  void wrong_parameters_are_refused() {
    refused(Map.of(), "wants the parameter 'command'");
    refused(Map.of("command", "  "), "'command' has to be a text");
    refused(Map.of("command", List.of("x")), "'command' has to be a text");
    refused(Map.of("command", "x", "arguments", "y"), "'arguments' has to be a list of texts");
    refused(Map.of("command", "x", "safe-to-repeat", "maybe"), "has to be true or false");
    refused(Map.of("command", "x", "argumnets", List.of()), "no parameter 'argumnets'");
  }

  private static void refused(Map<String, Object> parameters, String why) {
    assertThatThrownBy(() -> command(parameters))
        .isInstanceOf(StepRefused.class)
        .hasMessageContaining(why);
  }

  private StepResult run(String text) {
    return new LocalShell(List.of("sh"), directory).run(command(text)).result();
  }

  private static PreparedStep command(String text) {
    return command(Map.of("command", text));
  }

  private static PreparedStep command(Map<String, Object> parameters) {
    return Kinds.prepare("run-command", PLATFORM, parameters);
  }
}
