package org.runwright.ssh;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.TransportException;
import org.jspecify.annotations.Nullable;

/** One open connection. The counters belong to {@link Lane}, which guards them with its lock. */
final class Link {

  private static final Duration JUMP_PATIENCE = Duration.ofSeconds(5);

  private final SSHClient client;
  private final Timers timers;
  final @Nullable Link via;
  final Target target;
  private volatile @Nullable Future<?> keepAlive;

  int requests;
  int tunnels;
  int capacity;
  long usedAt = System.nanoTime();

  Link(Target target, SSHClient client, @Nullable Link via, int capacity, Timers timers) {
    this.timers = timers;
    this.target = target;
    this.client = client;
    this.via = via;
    this.capacity = capacity;
  }

  /** Has the host asked for a sign of life until the connection is broken off. */
  void watch(Duration patience) {
    keepAlive = KeepAlive.start(client, this, timers, patience);
  }

  boolean usable() {
    return client.getTransport().isRunning() && client.isAuthenticated();
  }

  Session session() throws IOException {
    return client.startSession();
  }

  Tunnel tunnel(String address, int port) throws IOException {
    Tunnel tunnel = new Tunnel(client.getConnection(), address, port);
    tunnel.open();
    return tunnel;
  }

  /**
   * Breaks the connection off, without a word to the host; wakes everybody on it. A jump that does
   * not even take the word that a tunnel through it is closed goes with it.
   */
  void abort(String why) {
    Future<?> watch = keepAlive;
    if (watch != null) {
      watch.cancel(false);
    }
    Link jump = via;
    if (jump == null) {
      abort(client, why);
      return;
    }
    Future<?> harder = timers.after(JUMP_PATIENCE, () -> jump.abort(why));
    abort(client, why);
    harder.cancel(false);
  }

  static void abort(SSHClient client, String why) {
    // First of all the socket: whoever is stuck in it holds locks that are needed below.
    close(client.getSocket());
    if (client.getTransport().getRemoteSocketAddress() != null) { // there is something to break off
      client.getTransport().die(new TransportException(why));
    }
  }

  private static void close(@Nullable Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // It is closed, which is all that is wanted.
    }
  }
}
