package org.runwright.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A JVM of its own with a lab in it, so that a test can take the JVM away. */
final class LabOwner {

  private static final String READY = "lab: ";

  private LabOwner() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedLab lab = EmbeddedLab.start(Path.of("none"));
    lab.startService("database");
    System.out.println(READY + lab.directory());
    Thread.currentThread().join();
  }

  static Process launch() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "-cp",
            System.getProperty("java.class.path"),
            LabOwner.class.getName())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Where its lab is, once that is up. */
  static Path directory(Process owner) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        return Path.of(line.substring(READY.length()));
      }
    }
    throw new IOException("the lab's owner ended before its lab was up");
  }

  static boolean isReaper(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("/bin/reaper");
  }
}
