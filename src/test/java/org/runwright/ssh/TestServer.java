package org.runwright.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.runwright.platform.Host;
import org.runwright.platform.Jump;
import org.runwright.platform.Login;

/** An SSH server in this JVM that runs real commands; user {@code tester}, by password or key. */
final class TestServer implements AutoCloseable {

  static final String USER = "tester";
  static final String PASSWORD = "pass word'1";

  final AtomicInteger logins = new AtomicInteger();
  private final SshServer server = SshServer.setUpDefaultServer();
  private final KeyPair hostKey = newKey();

  TestServer() throws IOException {
    this(0);
  }

  TestServer(int port) throws IOException {
    server.setHost("127.0.0.1");
    server.setPort(port);
    server.setNioWorkers(2);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPasswordAuthenticator(
        (user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
    server.setCommandFactory(
        (channel, command) ->
            new ProcessShellFactory(command, "setsid", "sh", "-c", command).createShell(channel));
    server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    CoreModuleProperties.AUTH_METHODS.set(server, "password publickey");
    server.addSessionListener(
        new SessionListener() {
          @Override
          public void sessionEvent(Session session, Event event) {
            if (event == Event.Authenticated) {
              logins.incrementAndGet();
            }
          }
        });
    CoreModuleProperties.AUTH_METHODS.set(server, "password publickey");
    server.start();
  }

  SshServer server() {
    return server;
  }

  /** Lets the holder of this key in. */
  TestServer accept(KeyPair key) {
    CoreModuleProperties.AUTH_METHODS.set(server, "publickey password");
    server.setPublickeyAuthenticator(
        (user, offered, session) -> user.equals(USER) && offered.equals(key.getPublic()));
    return this;
  }

  int port() {
    return server.getPort();
  }

  String keyLine() {
    return PublicKeyEntry.toString(hostKey.getPublic());
  }

  Path knownHosts(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("known_hosts"), "[127.0.0.1]:" + port() + " " + keyLine() + "\n");
  }

  Host host(Login login, Jump... jumps) {
    return LabHosts.host("127.0.0.1", port(), login, Optional.empty(), jumps);
  }

  Host host(Jump... jumps) {
    return host(LabHosts.password(USER, PASSWORD), jumps);
  }

  static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key as OpenSSH keeps it, with a passphrase or without. */
  static Path write(KeyPair key, Path file, Optional<String> passphrase) throws Exception {
    OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
    encryption.setCipherName("AES");
    encryption.setCipherType("256");
    encryption.setCipherMode("CTR");
    passphrase.ifPresent(encryption::setPassword);
    try (var out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
          key, "test", passphrase.isPresent() ? encryption : null, out);
    }
    return file;
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
