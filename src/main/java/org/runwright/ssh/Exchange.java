package org.runwright.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.Session;

/** One exec channel: a command line, a request to its stdin, and what it says until it ends. */
final class Exchange {

  /** What came on the two streams. */
  record Reply(byte[] out, byte[] err) {}

  /** The channel could not be opened at all: nothing was asked of the host. */
  static final class NotOpened extends IOException {
    private static final long serialVersionUID = 1L;

    NotOpened(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private final Link link;
  private final Timers timers;
  private final Duration limit;

  /**
   * @param limit beyond the patience, after which the connection counts as broken
   */
  Exchange(Link link, Timers timers, Duration limit) {
    this.link = link;
    this.timers = timers;
    this.limit = limit;
  }

  /**
   * Asks, and waits for the channel's end no longer than the patience; empty if it has not ended by
   * then, in which case the channel is closed.
   */
  Optional<Reply> ask(String commandLine, byte[] request, Duration patience) throws IOException {
    // A connection that takes no more bytes blocks whoever writes, sshj's keep-alive included.
    Future<?> guard = timers.after(limit.plus(patience), () -> link.abort("no answer in time"));
    try {
      Session session = session();
      Session.Command command = session.exec(commandLine);
      OutputStream stdin = command.getOutputStream();
      write(stdin, request);
      boolean ended = ended(command, patience);
      if (!ended) {
        stdin.close(); // EOF: the runner's channel makes way, the runner stays
        return Optional.empty();
      }
      return Optional.of(new Reply(read(command.getInputStream()), read(command.getErrorStream())));
    } finally {
      guard.cancel(false);
    }
  }

  private Session session() throws NotOpened {
    try {
      return link.session();
    } catch (IOException e) {
      throw new NotOpened(e);
    } catch (IllegalStateException e) { // sshj's "not connected"
      throw new NotOpened(new IOException(e));
    }
  }

  /** A runner that knows the token does not read its command: the answer says it. */
  private static void write(OutputStream stdin, byte[] request) throws IOException {
    try {
      stdin.write(request);
      stdin.flush();
    } catch (ConnectionException e) {
      if (e.getCause() != null) {
        throw e;
      }
    }
  }

  private boolean ended(Session.Command command, Duration patience) throws IOException {
    try {
      command.join(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
      return true;
    } catch (ConnectionException e) {
      if (e.getCause() instanceof TimeoutException) {
        return false;
      }
      throw e;
    }
  }

  /** Everything was received already, nothing here waits. */
  private static byte[] read(InputStream stream) throws IOException {
    return stream.readAllBytes();
  }
}
