package org.runwright.step;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runwright.platform.Platform;
import org.runwright.step.LocalShell.Ended;
import org.runwright.step.StepResult.Verdict;

class RunScriptTest {

  private static final Platform PLATFORM = PlatformBuilder.aPlatform().build();

  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void runs_with_its_arguments_and_tells_its_checksum(List<String> shell) throws IOException {
    Script script = script("#!/bin/sh\nprintf '[%s]' \"$@\"; echo \"it's done\" >&2\n");
    List<String> arguments = List.of("a b", "$(touch pwned)", "'", "", "é\n", "-n");

    Ended ended = new LocalShell(shell, directory).run(step(script, arguments));

    assertThat(ended.out()).isEqualTo("[a b][$(touch pwned)]['][][é\n][-n]");
    assertThat(ended.err()).isEqualTo("it's done\n");
    assertThat(ended.result().verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(ended.result().values()).containsEntry("sha256", script.sha256());
    assertThat(directory.resolve("pwned")).doesNotExist();
    assertThat(files()).as("nothing of the script is left").noneMatch(f -> f.startsWith("runwr"));
  }

  @Test
  void its_interpreter_gets_the_option_of_the_first_line() {
    assertThat(run("#!/bin/sh -eu\necho before\nfalse\necho after\n").out()).isEqualTo("before\n");
    assertThat(run("#! /usr/bin/env sh\necho \"$#\"\n").out()).isEqualTo("0\n");
    assertThat(run("#!/usr/bin/sed -nf\n1p\n").result().exitCode()).contains(0);
  }

  @Test
  void its_exit_code_and_what_it_tells_are_those_of_the_step() {
    Ended ended =
        run("#!/bin/sh\necho changed=false >>\"$RUNWRIGHT_RESULT\"\necho no licence >&2\nexit 4");

    assertThat(ended.result().exitCode()).contains(4);
    assertThat(ended.result().message()).isEqualTo("no licence (exit code 4)");
  }

  @Test
  void a_text_that_arrived_changed_is_not_run() {
    PreparedStep step = step(script("#!/bin/sh\necho ran\n"), List.of());
    List<String> arguments = new ArrayList<>(step.arguments());
    arguments.set(3, arguments.get(3).replace("ran", "run"));

    Ended ended = new LocalShell(List.of("sh"), directory).run(with(step, arguments));

    assertThat(ended.out()).isEmpty();
    assertThat(ended.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(ended.result().message()).contains("arrived with SHA-256");
  }

  @Test
  void a_host_without_the_interpreter_says_so() {
    assertThat(run("#!/usr/bin/no-such\n").result().message())
        .isEqualTo("the host has no /usr/bin/no-such, which the first line of the script names");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "echo", "#!", "#!sh\n", "#! \n", " #!/bin/sh\n"})
  void a_script_without_interpreter_is_refused(String text) {
    refused(text.getBytes(UTF_8), "begin it with a line such as #!/bin/sh");
  }

  @Test
  void what_is_no_text_is_refused() {
    refused("#!/bin/sh\r\necho\r\n".getBytes(UTF_8), "CR LF");
    refused("#!/bin/sh\n\0".getBytes(UTF_8), "NUL");
    refused(new byte[] {'#', '!', '/', 'a', '\n', (byte) 0xff}, "not text in UTF-8");
    refused(("#!/bin/sh\n" + "#".repeat(Script.LONGEST)).getBytes(UTF_8), "larger than 131071");
  }

  @Test
  void the_longest_script_runs() {
    String text = "#!/bin/sh\necho ran\n#";
    Ended ended = run(text + "x".repeat(Script.LONGEST - text.length()));

    assertThat(ended.out()).isEqualTo("ran\n");
  }

  @Test
  void a_step_whose_text_is_not_the_recorded_one_is_refused() {
    Map<String, Object> parameters = parameters(script("#!/bin/sh\n"), List.of());
    parameters.put("text", "#!/bin/sh\nrm -rf /\n");

    assertThatThrownBy(() -> Kinds.prepare("run-script", PLATFORM, parameters))
        .isInstanceOf(StepRefused.class)
        .hasMessageContaining("is not the one whose SHA-256 was recorded");
  }

  private static void refused(byte[] bytes, String why) {
    assertThatThrownBy(() -> Script.of("s.sh", bytes))
        .isInstanceOf(StepRefused.class)
        .hasMessageStartingWith("script s.sh ")
        .hasMessageContaining(why);
  }

  private Ended run(String text) {
    return new LocalShell(List.of("sh"), directory).run(step(script(text), List.of()));
  }

  private static Script script(String text) {
    return Script.of("s.sh", text.getBytes(UTF_8));
  }

  private static PreparedStep step(Script script, List<String> arguments) {
    return Kinds.prepare("run-script", PLATFORM, parameters(script, arguments));
  }

  private static Map<String, Object> parameters(Script script, List<String> arguments) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("name", script.name());
    parameters.put("text", script.text());
    parameters.put("sha256", script.sha256());
    parameters.put("arguments", arguments);
    return parameters;
  }

  private static PreparedStep with(PreparedStep step, List<String> arguments) {
    return new PreparedStep(
        step.kind(),
        step.title(),
        step.host(),
        step.service(),
        step.script(),
        arguments,
        step.become(),
        step.timeLimit(),
        step.safeToRepeat(),
        step.undo());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
