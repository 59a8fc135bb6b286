package org.runwright.ssh;

import java.io.IOException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * One open connection. The counters belong to {@link Connections}, which guards them with the lock
 * of the target.
 */
final class Link {

  private final SSHClient client;
  final @Nullable Link via;
  final Target target;

  int requests;
  int tunnels;
  int capacity;
  long usedAt = System.nanoTime();

  Link(Target target, SSHClient client, @Nullable Link via, int capacity) {
    this.target = target;
    this.client = client;
    this.via = via;
    this.capacity = capacity;
  }

  boolean usable() {
    return client.getTransport().isRunning() && client.isAuthenticated();
  }

  Session session() throws IOException {
    return client.startSession();
  }

  DirectConnection tunnel(String address, int port) throws IOException {
    return client.newDirectConnection(address, port);
  }

  /** Breaks the connection off at once, without a word to the host; wakes everybody on it. */
  void abort(String why) {
    abort(client, why);
  }

  static void abort(SSHClient client, String why) {
    client.getConnection().getKeepAlive().interrupt();
    if (client.getTransport().getRemoteSocketAddress() != null) { // there is something to break off
      client.getTransport().die(new TransportException(why));
    }
    try {
      if (client.getSocket() != null) {
        client.getSocket().close();
      }
    } catch (IOException e) {
      // It is closed, which is all that is wanted.
    }
  }
}
