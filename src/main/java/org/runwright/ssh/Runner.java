package org.runwright.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Speaks with {@code runner.sh} on the host: the requests it reads, the answers it gives. */
final class Runner {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final List<String> LINES = lines();
  private static final String LAUNCH = script("launch");
  private static final String OBSERVE = script("observe");
  private static final String END = script("end");

  /**
   * How long a request may be on its way to a host, added to the time since the first one. A host
   * whose up time is below counts as restarted.
   */
  static final Duration ON_THE_WAY = Duration.ofSeconds(60);

  private final String stateDirectory;
  private final int outputPerLook;

  Runner(String stateDirectory, int outputPerLook) {
    this.stateDirectory = stateDirectory;
    this.outputPerLook = outputPerLook;
  }

  /** How the command runs: as the login user, or as another by sudo, with a password or without. */
  record Become(String user, Optional<String> password) {

    static final Become NOT = new Become("", Optional.empty());

    private String lines() {
      if (user.isEmpty()) {
        return "-\n\n";
      }
      return password.map(p -> "p " + user + "\n" + p + "\n").orElse("n " + user + "\n\n");
    }

    @Override
    public String toString() {
      return "Become[" + user + "]";
    }
  }

  /** A question: what the host's shell runs, what it reads, and the word that marks the answer. */
  record Question(String commandLine, byte[] stdin, String nonce) {}

  /**
   * @param sinceFirstSent how long ago the token was first sent to the host; empty: never before
   */
  Question launch(
      Token token, RemoteCommand command, Become become, Optional<Duration> sinceFirstSent) {
    refuseNul(command);
    long up = sinceFirstSent.map(Runner::leastUpTime).orElse(0L);
    String last = "#END " + random();
    byte[] text = (text(command) + "\n" + last + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] head =
        (become.lines() + up + " " + text.length + " " + last + "\n")
            .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream request = new ByteArrayOutputStream(head.length + text.length);
    request.writeBytes(head);
    request.writeBytes(text);
    return question(LAUNCH, "launch", token, request.toByteArray());
  }

  private static long leastUpTime(Duration sinceFirstSent) {
    return Math.max(0, sinceFirstSent.toSeconds()) + ON_THE_WAY.toSeconds();
  }

  /**
   * @param last where more than so many bytes of a stream are left, only these; zero: all
   */
  Question observe(Token token, Offsets from, Offsets last) {
    return question(
        OBSERVE,
        "observe",
        token,
        "%d %d %d %d\n"
            .formatted(from.out(), last.out(), from.err(), last.err())
            .getBytes(StandardCharsets.US_ASCII));
  }

  Question end(Token token, Become become, Duration grace) {
    long tenths = (grace.toMillis() + 99) / 100;
    return question(
        END, "end", token, (become.lines() + tenths + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private Question question(String script, String mode, Token token, byte[] rest) {
    String nonce = random();
    byte[] head =
        (nonce + " " + outputPerLook + "\n" + stateDirectory + "\n")
            .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream stdin = new ByteArrayOutputStream(head.length + rest.length);
    stdin.writeBytes(head);
    stdin.writeBytes(rest);
    String commandLine = "exec sh -c " + quote(script) + " runwright " + mode + " " + token.value();
    return new Question(commandLine, stdin.toByteArray(), nonce);
  }

  /** The command as shell text: its arguments as the positional parameters, then the script. */
  private static String text(RemoteCommand command) {
    String arguments =
        command.arguments().stream().map(Runner::quote).collect(Collectors.joining(" "));
    return "set -- " + arguments + "\n" + command.script();
  }

  private static void refuseNul(RemoteCommand command) {
    if (command.script().indexOf('\0') >= 0
        || command.arguments().stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("a command cannot hold a NUL character");
    }
  }

  /** One word for any POSIX shell, whatever it holds. */
  static String quote(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  private static String random() {
    byte[] bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What the mode needs of the runner, without comments and indentation. */
  private static String script(String mode) {
    StringBuilder script = new StringBuilder();
    boolean needed = true;
    for (String line : LINES) {
      if (line.startsWith("# --- ")) {
        needed = line.indexOf('[') < 0 || line.matches(".*[\\[ ]" + mode + "[] ].*");
      } else if (needed && !line.isEmpty() && !line.equals("#") && !line.startsWith("# ")) {
        script.append(line).append('\n');
      }
    }
    return script.toString();
  }

  private static List<String> lines() {
    try (InputStream in = Runner.class.getResourceAsStream("runner.sh")) {
      if (in == null) {
        throw new IllegalStateException("runner.sh is missing beside " + Runner.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(String::strip)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
