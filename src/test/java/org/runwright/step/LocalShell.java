package org.runwright.step;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.runwright.ssh.Observation.Progress;

/** Runs prepared steps in a shell of this machine, as the host's side of {@code ssh} does. */
record LocalShell(List<String> shell, Path directory, Map<String, String> environment) {

  /** What a step left: its result as the product reads it, and its output. */
  record Ended(StepResult result, String out, String err) {}

  /** A step that runs. */
  record Begun(Process process, Path report, Path out, Path err) {

    String reported() {
      return read(report);
    }

    Ended await() {
      try {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("the script did not end:\n" + read(out) + read(err));
        }
        Progress progress = new Progress.Exited(process.exitValue(), reported());
        StepResult result = Outcome.of(progress, Files.readAllBytes(err), true);
        return new Ended(result, read(out), read(err));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  /** The POSIX shells that this machine has, three at most. */
  static Stream<List<String>> all() {
    return Stream.of(List.of("dash"), List.of("bash"), List.of("busybox", "sh"), List.of("/bin/sh"))
        .filter(shell -> isInstalled(shell.get(0)))
        .limit(3);
  }

  LocalShell(List<String> shell, Path directory) {
    this(shell, directory, Map.of());
  }

  Ended run(PreparedStep step) {
    return begin(step).await();
  }

  Begun begin(PreparedStep step) {
    try {
      Path report = Files.createTempFile(directory, "report", "");
      Path out = Files.createTempFile(directory, "out", "");
      Path err = Files.createTempFile(directory, "err", "");
      List<String> command = new ArrayList<>(shell);
      command.addAll(List.of("-c", step.script(), "runwright"));
      command.addAll(step.arguments());
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("RUNWRIGHT_RESULT", report.toString());
      builder.environment().put("TMPDIR", directory.toString());
      builder.environment().putAll(environment);
      return new Begun(builder.start(), report, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
