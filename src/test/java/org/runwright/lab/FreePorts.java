package org.runwright.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for services that are started later, and again. They lie below Linux's range of ports for
 * outgoing connections (32768 to 60999), so that no connection takes one while its service is down.
 */
final class FreePorts {

  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  private static final int TRIES = 1000;

  private FreePorts() {}

  /** A port for each constant. */
  static <E extends Enum<E>> Map<E, Integer> take(Class<E> names) {
    Map<E, Integer> ports = new EnumMap<>(names);
    for (E name : names.getEnumConstants()) {
      int port = free();
      while (ports.containsValue(port)) {
        port = free();
      }
      ports.put(name, port);
    }
    return ports;
  }

  /** A port that is free now. */
  static int free() {
    for (int tried = 0; tried < TRIES; tried++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken; the next one may be free.
      }
    }
    throw new LabFailure("no free port between " + FIRST + " and " + END);
  }
}
