package org.runwright.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network in front of a host: passes TCP connections on to a port, until it is told to fail.
 * Thread-safe.
 */
final class FaultyLink implements AutoCloseable {

  private enum Mode {
    OPEN,
    /** Connections stay, nothing passes. */
    SILENT,
    /** Connections are reset, new ones too. */
    CUT
  }

  private static final int CONNECT_MILLIS = 2000;

  private final ServerSocket door;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private Mode mode = Mode.OPEN;

  FaultyLink(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    spawn("accept", this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  void silence() {
    change(Mode.SILENT);
  }

  void cut() {
    change(Mode.CUT);
    sockets.forEach(FaultyLink::reset);
  }

  /** Passes everything again, what was held back included. */
  void heal() {
    change(Mode.OPEN);
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        spawn("connect", () -> connect(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    sockets.add(client);
    sockets.add(server);
    if (!passes()) {
      end(client, server);
      return;
    }
    try {
      server.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      spawn("up", () -> pass(client, server));
      pass(server, client);
    } catch (IOException e) {
      end(client, server);
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[32 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int count = in.read(buffer);
      while (count >= 0 && passes()) {
        out.write(buffer, 0, count);
        count = in.read(buffer);
      }
      // The end of a stream is news too: it does not pass a silent link.
      passes();
    } catch (IOException e) {
      // The connection ended; so does its other half.
    } finally {
      end(from, to);
    }
  }

  /** Waits while the link is silent; whether it passes then. */
  private synchronized boolean passes() {
    while (mode == Mode.SILENT) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return mode == Mode.OPEN;
  }

  private synchronized void change(Mode next) {
    mode = next;
    notifyAll();
  }

  private void end(Socket one, Socket other) {
    for (Socket socket : new Socket[] {one, other}) {
      sockets.remove(socket);
      close(socket);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already.
    }
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing more can be done with it.
    }
  }

  private static void spawn(String what, Runnable work) {
    Thread thread = new Thread(work, "lab-link-" + what);
    thread.setDaemon(true);
    thread.start();
  }
}
