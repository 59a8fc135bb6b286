package org.runwright.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A tiny real daemon with a pid file, started and stopped by shell commands. A process that ended
 * and that nobody has waited for yet answers to a signal 0: its state is read instead.
 */
record Daemon(Path directory) implements AutoCloseable {

  String start() {
    return "sh -c 'echo $$ >pid; exec sleep 300' </dev/null >/dev/null 2>&1 &";
  }

  /** It takes TERM for nothing. */
  String startDeaf() {
    return "sh -c 'trap \"\" TERM; echo $$ >pid; while :; do sleep 0.1; done'"
        + " </dev/null >/dev/null 2>&1 &";
  }

  String stop() {
    return "kill $(cat pid)";
  }

  String kill() {
    return "kill -KILL $(cat pid)";
  }

  String status() {
    return "test -s pid && grep -q '^State:.[^ZX]' /proc/$(cat pid)/status";
  }

  PlatformBuilder platform() {
    return PlatformBuilder.aPlatform().commands(start(), stop(), status());
  }

  boolean runs() {
    Path status = Path.of("/proc/" + pid() + "/status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines.noneMatch(line -> line.matches("State:\\s+[ZX].*"));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    try {
      Path file = directory.resolve("pid");
      String text = Files.exists(file) ? Files.readString(file).strip() : "";
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (pid() > 0) {
      ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
