package org.runwright.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A JVM of its own with a lab in it, so that a test can take the JVM away. */
final class LabOwner {

  private static final String READY = "lab: ";

  private LabOwner() {}

  /**
   * @param arguments {@code write-late}: closes the lab and then writes into its directory
   */
  public static void main(String[] arguments) throws IOException {
    EmbeddedLab lab = EmbeddedLab.start(Path.of("none"));
    lab.startService("database");
    System.out.println(READY + lab.directory());
    if (arguments.length > 0) {
      lab.close();
      Files.createDirectories(lab.directory().resolve("late"));
    }
    // Until the test lets go.
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  static Process launch(String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "-cp",
            System.getProperty("java.class.path"),
            LabOwner.class.getName());
    builder.command().addAll(List.of(arguments));
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
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
