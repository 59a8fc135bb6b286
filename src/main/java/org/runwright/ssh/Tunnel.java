package org.runwright.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;

/**
 * A TCP connection through a jump. What still arrives after it was closed is let go: sshj takes
 * data for a closed stream as a breach of protocol and breaks the jump's connection off, with
 * everybody on it.
 */
final class Tunnel extends DirectConnection {

  private final InputStream in;

  Tunnel(Connection jump, String address, int port) {
    super(jump, address, port);
    this.in =
        new FilterInputStream(super.getInputStream()) {
          @Override
          public void close() throws IOException {
            sendClose();
          }
        };
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }
}
