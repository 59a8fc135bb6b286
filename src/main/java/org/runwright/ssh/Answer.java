package org.runwright.ssh;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the runner said: the command's output, then {@code "\nRUNWRIGHT NONCE OUT ERR STATE\n"}, a
 * text, and {@code "\nEND NONCE\n"}. The command cannot forge it, for it does not know the nonce.
 */
final class Answer {

  private Answer() {}

  /**
   * Empty if the answer is not whole, as when the connection broke or the channel was closed before
   * the command ended.
   *
   * @throws HostProblem if the runner could not look
   */
  static Optional<Observation> parse(Exchange.Reply reply, String nonce, int outputPerLook) {
    byte[] err = reply.err();
    byte[] end = ("\nEND " + nonce + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] mark = ("\nRUNWRIGHT " + nonce + " ").getBytes(StandardCharsets.US_ASCII);
    int endAt = err.length - end.length;
    int markAt = lastIndexOf(err, mark, endAt);
    if (markAt < 0 || !Arrays.equals(err, endAt, err.length, end, 0, end.length)) {
      return Optional.empty();
    }
    String tail =
        new String(err, markAt + mark.length, endAt - markAt - mark.length, StandardCharsets.UTF_8);
    int line = tail.indexOf('\n');
    if (line < 0) {
      return Optional.empty();
    }
    String[] words = tail.substring(0, line).split(" ", -1);
    byte[] commandErr = Arrays.copyOf(err, markAt);
    boolean complete = reply.out().length < outputPerLook && markAt < outputPerLook;
    return Optional.of(
        new Observation(
            progress(words, tail.substring(line + 1)),
            new Offsets(Long.parseLong(words[0]), Long.parseLong(words[1])),
            reply.out(),
            commandErr,
            complete));
  }

  private static Observation.Progress progress(String[] words, String text) {
    return switch (words[2]) {
      case "running" -> new Observation.Progress.Running();
      case "exit" -> new Observation.Progress.Exited(Integer.parseInt(words[3]), text);
      case "signal" -> new Observation.Progress.Signalled(words[3], text);
      case "lost" -> new Observation.Progress.Lost(text);
      case "never" -> new Observation.Progress.NeverBegan(text);
      case "unclaimed" -> new Observation.Progress.Unclaimed();
      default -> throw new HostProblem(text);
    };
  }

  private static int lastIndexOf(byte[] text, byte[] part, int before) {
    for (int at = before - part.length; at >= 0; at--) {
      if (Arrays.equals(text, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    return -1;
  }

  /** The runner could not say where the token stands; the message says why. */
  static final class HostProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HostProblem(String message) {
      super(message);
    }
  }
}
