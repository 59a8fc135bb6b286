package org.runwright.step;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.runwright.ssh.Observation.Progress;

/** A real host of the lab ({@code scripts/lab up}), reached by OpenSSH's own client. */
record LabHost(String name) {

  private static final String CONFIG = "/var/lib/runwright-lab/keys/ssh_config";

  /** Runs a step there as root, in a shell with the environment that a login has. */
  StepResult run(PreparedStep step) {
    String arguments =
        step.arguments().stream().map(LabHost::quote).collect(Collectors.joining(" "));
    String asUser = step.become() ? "sudo -n RUNWRIGHT_RESULT=\"$r\" " : "RUNWRIGHT_RESULT=\"$r\" ";
    String call =
        "r=$(mktemp); "
            + asUser
            + "sh -c "
            + quote(step.script())
            + " runwright "
            + arguments
            + "; code=$?; printf '\\n---\\n'; cat \"$r\"; rm -f \"$r\"; exit $code";
    Answer answer = ask(call);
    String report = answer.out().substring(answer.out().lastIndexOf("\n---\n") + 5);
    return Outcome.of(
        new Progress.Exited(answer.code(), report), answer.err().getBytes(UTF_8), true);
  }

  /** What a shell command says there, as root; it has to succeed. */
  String sudo(String command) {
    Answer answer = ask("sudo -n sh -c " + quote(command));
    if (answer.code() != 0) {
      throw new AssertionError(name + ": " + command + ": " + answer);
    }
    return answer.out().strip();
  }

  private record Answer(int code, String out, String err) {}

  private Answer ask(String call) {
    try {
      Path out = Files.createTempFile("lab", "out");
      Path err = Files.createTempFile("lab", "err");
      try {
        Process ssh =
            new ProcessBuilder(List.of("ssh", "-F", CONFIG, name, call))
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!ssh.waitFor(180, TimeUnit.SECONDS)) {
          ssh.destroyForcibly();
          throw new AssertionError(name + " does not answer: is the lab up (scripts/lab up)?");
        }
        return new Answer(ssh.exitValue(), Files.readString(out), Files.readString(err));
      } finally {
        Stream.of(out, err).forEach(file -> file.toFile().delete());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
