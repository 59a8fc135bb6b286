package org.runwright.lab.service;

import java.io.IOException;

/** The network tier: a reverse proxy in front of the application. */
public final class Network {

  private Network() {}

  /**
   * @param arguments own port, port of the application
   */
  public static void main(String[] arguments) throws IOException {
    String upstream = "http://127.0.0.1:" + arguments[1];
    WebServer.serve(
        "network", Integer.parseInt(arguments[0]), path -> WebServer.get(upstream + path));
  }
}
