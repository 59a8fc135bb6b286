package org.runwright.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs that the benchmarks call. */
final class Command {

  private Command() {}

  /** Whether a program is installed. */
  static boolean exists(String program) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /**
   * Runs a program to its end.
   *
   * @param environment added to that of this process
   * @return its output, both streams
   * @throws IOException if it fails, with the end of its output, or takes longer than the limit
   */
  static String run(Map<String, String> environment, int limitSeconds, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("runwright-bench", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new IOException(command + " took longer than " + limitSeconds + " s");
      }
      String text = Files.readString(output, StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException(
            command + " failed: " + text.substring(Math.max(0, text.length() - 2000)));
      }
      return text;
    } finally {
      Files.delete(output);
    }
  }
}
