package org.runwright.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A wire to a port of this machine that can fall silent, as when a firewall drops everything. */
final class SilentLink implements AutoCloseable {

  private final ServerSocket entrance;
  private final int exit;
  private volatile boolean silent;

  SilentLink(int exit) throws IOException {
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.exit = exit;
    daemon(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  void fallSilent() {
    silent = true;
  }

  private void accept() {
    try {
      while (true) {
        Socket in = entrance.accept();
        Socket out = new Socket(InetAddress.getLoopbackAddress(), exit);
        daemon(() -> pass(in, out));
        daemon(() -> pass(out, in));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      for (int n = from.getInputStream().read(buffer); n >= 0; ) {
        if (!silent) {
          to.getOutputStream().write(buffer, 0, n);
        }
        n = from.getInputStream().read(buffer);
      }
    } catch (IOException e) {
      // One side is gone.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "silent-link");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
