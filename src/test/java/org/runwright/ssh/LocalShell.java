package org.runwright.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The runner on this machine, under a shell of choice, as sshd would start it. */
final class LocalShell {

  static final int LIMIT = 1 << 20;

  private static final Map<Path, Path> BINS = new ConcurrentHashMap<>();

  private final Path folder;
  private final Path bin;
  private final Runner runner;

  /**
   * @param shell path of the program that is {@code sh}
   * @param folder an own one for the state and the shell's link
   */
  LocalShell(Path shell, Path folder) {
    this.folder = folder;
    this.bin = BINS.computeIfAbsent(shell, LocalShell::bin);
    this.runner = new Runner(state().toString(), LIMIT);
  }

  /** A folder in which the shell is named {@code sh}. */
  private static Path bin(Path shell) {
    try {
      Path bin = Files.createTempDirectory("runwright-sh");
      bin.toFile().deleteOnExit();
      Path link = Files.createSymbolicLink(bin.resolve("sh"), shell);
      link.toFile().deleteOnExit();
      return bin;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every shell of this machine that hosts commonly have as {@code sh}. */
  static List<Path> shells() {
    return List.of(Path.of("/bin/dash"), Path.of("/bin/bash"), Path.of("/bin/busybox")).stream()
        .filter(Files::isExecutable)
        .toList();
  }

  Path state() {
    return folder.resolve("state");
  }

  Path file(Token token, String suffix) {
    return state().resolve(token.value() + "." + suffix);
  }

  /** A channel: the process, and what it says. */
  record Channel(
      Process process,
      OutputStream stdin,
      CompletableFuture<byte[]> out,
      CompletableFuture<byte[]> err,
      String nonce) {

    Optional<Observation> answer() {
      try {
        byte[] o = out.get(30, TimeUnit.SECONDS);
        byte[] e = err.get(30, TimeUnit.SECONDS);
        return Answer.parse(new Exchange.Reply(o, e), nonce, LIMIT);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new IllegalStateException(e);
      }
    }

    void hangUp() {
      try {
        stdin.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  Channel open(Runner.Question question, int bytes) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("setsid", "sh", "-c", question.commandLine());
    builder.environment().put("PATH", bin + ":/usr/bin:/bin:/usr/sbin:/sbin");
    Process process = builder.start();
    OutputStream stdin = process.getOutputStream();
    try {
      stdin.write(question.stdin(), 0, Math.min(bytes, question.stdin().length));
      stdin.flush();
    } catch (IOException e) {
      // The runner need not read a command that it will not run.
    }
    return new Channel(
        process,
        stdin,
        CompletableFuture.supplyAsync(() -> read(process.getInputStream())),
        CompletableFuture.supplyAsync(() -> read(process.getErrorStream())),
        question.nonce());
  }

  Channel start(Token token, String script, String... arguments) throws IOException {
    return open(question(token, script, arguments), Integer.MAX_VALUE);
  }

  Runner.Question question(Token token, String script, String... arguments) {
    RemoteCommand command = new RemoteCommand(script, List.of(arguments), false);
    return runner.launch(token, command, Runner.Become.NOT, Optional.empty());
  }

  /** A try after the first one, which was so long ago. */
  Observation launchAgain(Token token, Duration sinceFirstSent, String script) throws IOException {
    RemoteCommand command = new RemoteCommand(script, List.of(), false);
    Runner.Question question =
        runner.launch(token, command, Runner.Become.NOT, Optional.of(sinceFirstSent));
    Channel channel = open(question, Integer.MAX_VALUE);
    Observation seen = channel.answer().orElseThrow();
    channel.hangUp();
    return seen;
  }

  Observation launch(Token token, String script, String... arguments) throws IOException {
    Channel channel = start(token, script, arguments);
    Observation seen = channel.answer().orElseThrow();
    channel.hangUp();
    return seen;
  }

  Observation observe(Token token) throws IOException {
    return observe(token, Offsets.START, Offsets.START);
  }

  Observation observe(Token token, Offsets from, Offsets last) throws IOException {
    return open(runner.observe(token, from, last), Integer.MAX_VALUE).answer().orElseThrow();
  }

  Observation end(Token token, Duration grace) throws IOException {
    return open(runner.end(token, Runner.Become.NOT, grace), Integer.MAX_VALUE)
        .answer()
        .orElseThrow();
  }

  private static byte[] read(java.io.InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
