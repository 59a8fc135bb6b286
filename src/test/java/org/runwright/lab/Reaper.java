package org.runwright.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that ends every process of the lab's hosts and removes its directory, when asked and
 * once more when this JVM has ended. It waits on a pipe that only this JVM holds, so that even
 * SIGKILL leaves nothing behind. Thread-safe.
 */
final class Reaper {

  /** The environment variable that every process of a lab carries; its value names the lab. */
  static final String MARK = "RUNWRIGHT_LAB";

  /** The file in a lab's directory that tells which process owns it. */
  private static final String OWNER = "owner";

  private static final int LIMIT_SECONDS = 20;

  private final Process process;

  private Reaper(Process process) {
    this.process = process;
  }

  /** Marks the directory as owned by this JVM, and watches over it. */
  static Reaper watch(Path lab) throws IOException {
    long self = ProcessHandle.current().pid();
    Files.writeString(
        lab.resolve(OWNER), identity(self).orElseThrow(() -> new IOException("no /proc/self")));
    return start(lab);
  }

  /** Ends the lab now; returns when nothing is left. Harmless if done already. */
  synchronized void reap() {
    try {
      OutputStream orders = process.getOutputStream();
      orders.write('\n');
      orders.flush();
      CompletableFuture.supplyAsync(this::answer).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new LabFailure("the lab was not gone after " + LIMIT_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted while the lab was ending", e);
    }
  }

  private int answer() {
    try {
      InputStream answers = process.getInputStream();
      int end = answers.read();
      while (end != '\n' && end >= 0) {
        end = answers.read();
      }
      return end;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends what is left of labs whose JVM is gone, and their reaper with it. */
  static void reapAbandoned(Path parent, String prefix) throws IOException {
    try (DirectoryStream<Path> labs = Files.newDirectoryStream(parent, prefix + "*")) {
      for (Path lab : labs) {
        Path owner = lab.resolve(OWNER);
        if (Files.isReadable(owner) && isGone(Files.readString(owner))) {
          start(lab).process.getOutputStream().close();
        }
      }
    }
  }

  private static Reaper start(Path lab) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "setsid", "/bin/sh", lab.resolve("bin/reaper").toString(), lab.toString())
            .directory(Path.of("/").toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove(MARK);
    return new Reaper(builder.start());
  }

  private static boolean isGone(String owner) throws IOException {
    String[] parts = owner.split(" ", 2);
    return parts.length == 2
        && parts[0].matches("\\d{1,18}")
        && !identity(Long.parseLong(parts[0])).equals(Optional.of(owner));
  }

  /** Process id, start time in clock ticks and boot id: never the same for two processes. */
  private static Optional<String> identity(long pid) throws IOException {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    if (!Files.isReadable(stat)) {
      return Optional.empty();
    }
    String line = Files.readString(stat);
    String started = line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[19];
    String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    return Optional.of(pid + " " + started + " " + boot);
  }
}
