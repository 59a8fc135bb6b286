package org.runwright.lab;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;

/** The SSH server of a lab host, behind a link that can fail. */
final class SshHost implements AutoCloseable {

  /** OpenSSH's default for MaxSessions. */
  private static final int CHANNELS_PER_CONNECTION = 10;

  private final SshServer server;
  private final FaultyLink link;
  private final PublicKey hostKey;

  SshHost(LabHost host, PublicKey clientKey, KeyPair hostKeys, ExecutorService threads)
      throws IOException {
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setNioWorkers(2);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
    server.setPublickeyAuthenticator(
        (user, key, session) ->
            user.equals(EmbeddedLab.USER) && KeyUtils.compareKeys(key, clientKey));
    server.setCommandFactory((channel, command) -> new HostCommand(host.process(command), threads));
    CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
    CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, CHANNELS_PER_CONNECTION);
    server.start();
    link = new FaultyLink(server.getPort());
    hostKey = hostKeys.getPublic();
  }

  int port() {
    return link.port();
  }

  FaultyLink link() {
    return link;
  }

  /** The host's line of a known_hosts file. */
  String knownHost() {
    return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(hostKey);
  }

  @Override
  public void close() throws IOException {
    link.close();
    server.stop(true);
  }
}
