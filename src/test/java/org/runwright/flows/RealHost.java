package org.runwright.flows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real host of the lab, looked at over OpenSSH's own client: never through the product. */
record RealHost(String name) {

  /** What a shell command says there, as root; it has to succeed. */
  String sudo(String command) {
    return run(
        List.of(
            "ssh",
            "-F",
            RealLab.STATE.resolve("keys/ssh_config").toString(),
            "-o",
            "ConnectTimeout=10",
            name,
            "sudo -n sh -c '" + command.replace("'", "'\\''") + "'"),
        90);
  }

  /** How many processes there have the command line. */
  int processes(String commandLine) {
    return Integer.parseInt(sudo("pgrep -cfx '" + commandLine + "' || :"));
  }

  /** The lines of a file there; none if there is no such file. */
  List<String> lines(String file) {
    return sudo("cat '" + file + "' 2>/dev/null || :").lines().toList();
  }

  /** What a command says on standard output; it has to succeed within the time. */
  static String run(List<String> command, int seconds) {
    try {
      Path out = Files.createTempFile("lab", ".out");
      Path err = Files.createTempFile("lab", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        process.destroyForcibly();
        if (!ended || process.exitValue() != 0) {
          throw new AssertionError(
              "%s %s: %s"
                  .formatted(
                      String.join(" ", command),
                      ended ? "failed with " + process.exitValue() : "took over " + seconds + " s",
                      Files.readString(err) + Files.readString(out)));
        }
        return new String(Files.readAllBytes(out), StandardCharsets.UTF_8).strip();
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
