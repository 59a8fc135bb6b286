package org.runwright.lab.service;

import java.io.IOException;
import org.runwright.lab.service.WebServer.Answer;

/** The service that customers reach; healthy only when the whole way to the database works. */
public final class Crm {

  private Crm() {}

  /**
   * @param arguments own port, port of the network tier
   */
  public static void main(String[] arguments) throws IOException {
    String network = "http://127.0.0.1:" + arguments[1];
    WebServer.serve("crm", Integer.parseInt(arguments[0]), path -> answer(network, path));
  }

  private static Answer answer(String network, String path) {
    if (path.equals("/health")) {
      Answer behind = WebServer.get(network + "/health");
      return behind.isOk()
          ? new Answer(200, "UP: " + behind.body().strip())
          : new Answer(503, "DOWN: " + behind.body().strip());
    }
    Answer customers = WebServer.get(network + "/customers");
    return customers.isOk()
        ? new Answer(200, "Our customers:\n" + customers.body().strip())
        : new Answer(503, "Sorry, we will be back soon.");
  }
}
