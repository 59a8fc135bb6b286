package org.runwright.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import net.schmizz.concurrent.Promise;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;

/**
 * Asks a host for a sign of life from time to time, as OpenSSH's {@code ServerAliveInterval} does,
 * and breaks the connection off when none comes. On the timers of all connections: sshj's own takes
 * a thread for each. Thread-safe.
 */
final class KeepAlive {

  /** OpenSSH answers every global request, the ones it does not know with a refusal. */
  private static final String QUESTION = "keepalive@openssh.com";

  private static final byte[] NOTHING = {};

  /** At worst silence begins right after an answer: one pause until the first of them. */
  private static final int UNANSWERED = 2;

  private final SSHClient client;
  private final Link link;
  private final Deque<Promise<SSHPacket, ConnectionException>> asked = new ArrayDeque<>();

  /** Questions that the connection has not taken, for it takes no more bytes. */
  private int stuck;

  private KeepAlive(SSHClient client, Link link) {
    this.client = client;
    this.link = link;
  }

  /**
   * Keeps watch until it is cancelled.
   *
   * @param patience for the host to be heard, in the worst case
   */
  static Future<?> start(SSHClient client, Link link, Timers timers, Duration patience) {
    KeepAlive keepAlive = new KeepAlive(client, link);
    return timers.every(patience.dividedBy(UNANSWERED + 1), keepAlive::tick);
  }

  private void tick() {
    if (!link.usable()) {
      return;
    }
    if (silent()) {
      link.abort("nothing was heard of the host");
      return;
    }
    try {
      Promise<SSHPacket, ConnectionException> answer =
          client.getConnection().sendGlobalRequest(QUESTION, true, NOTHING);
      synchronized (this) {
        stuck--;
        asked.add(answer);
      }
    } catch (IOException e) {
      link.abort("cannot be written to: " + e.getMessage());
    }
  }

  /** Whether to give up; if not, a question counts as being asked. */
  private synchronized boolean silent() {
    // A refusal is an answer too, hence not only what is fulfilled.
    while (!asked.isEmpty() && (asked.peek().isFulfilled() || asked.peek().inError())) {
      asked.remove();
    }
    if (asked.size() + stuck >= UNANSWERED) {
      return true;
    }
    stuck++;
    return false;
  }
}
