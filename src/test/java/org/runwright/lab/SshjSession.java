package org.runwright.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;

/** A plain SSH client that is logged in at a host of the lab. */
final class SshjSession implements AutoCloseable {

  private static final int LIMIT_MILLIS = 3000;

  private final SSHClient client;

  SshjSession(EmbeddedLab lab, String host) throws IOException {
    client = connected(lab, host);
    client.authPublickey(EmbeddedLab.USER, lab.keyFile().toString());
  }

  /** A client that knows the host's key and is not logged in yet. */
  static SSHClient connected(EmbeddedLab lab, String host) throws IOException {
    SSHClient client = new SSHClient();
    client.loadKnownHosts(lab.knownHosts().toFile());
    client.setConnectTimeout(LIMIT_MILLIS);
    client.setTimeout(LIMIT_MILLIS);
    client.getTransport().setTimeoutMs(LIMIT_MILLIS);
    client.getConnection().setTimeoutMs(LIMIT_MILLIS);
    client.connect("127.0.0.1", lab.sshPort(host));
    return client;
  }

  LabHost.Finished run(String command) throws IOException {
    try (Session session = client.startSession()) {
      Session.Command running = session.exec(command);
      String output =
          new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              + new String(running.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      running.join(10, TimeUnit.SECONDS);
      return new LabHost.Finished(running.getExitStatus(), output.strip());
    }
  }

  /** Starts a command and leaves it alone. */
  void begin(String command) throws IOException {
    client.startSession().exec(command);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
