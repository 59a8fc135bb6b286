package org.runwright.ssh;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.jspecify.annotations.Nullable;
import org.runwright.platform.Login;
import org.runwright.secret.SecretFailure;
import org.runwright.secret.Secrets;

/** Connects to a host, proves its key and logs in. Every failure says what to do next. */
final class Logins {

  /** Room for two streams of one look that nobody reads while the look lasts. */
  private static final int WINDOW_SLACK = 512 * 1024;

  private static final List<String> DEFAULT_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private final SshProperties properties;
  private final KnownHosts knownHosts;
  private final Secrets secrets;
  private final Timers timers;
  private final JdkConfig config = new JdkConfig();
  private final PromptSockets sockets = new PromptSockets();

  Logins(SshProperties properties, Secrets secrets, Timers timers) {
    this.properties = properties;
    this.knownHosts = new KnownHosts(properties.knownHosts(), properties.trustOnFirstUse());
    this.secrets = secrets;
    this.timers = timers;
  }

  /**
   * A new connection to the target.
   *
   * @param via the open connection to its last jump, if it has one
   * @throws SshFailure always with what to do next
   */
  Link open(Target target, @Nullable Link via) {
    SSHClient client = new SSHClient(config);
    KnownHosts.Verdict verdict = knownHosts.verdict(target.address(), target.port());
    client.addHostKeyVerifier(verdict);
    limits(client);
    AtomicBoolean late = new AtomicBoolean();
    Future<?> guard =
        timers.after(
            properties.connectTimeout().plus(properties.loginTimeout()),
            () -> {
              late.set(true);
              Link.abort(client, "the login took too long");
            });
    try {
      connect(client, target, via);
      List<String> tried = new ArrayList<>();
      authenticate(client, target, tried);
      Link link = new Link(target, client, via, properties.commandsPerConnection(), timers);
      link.watch(properties.keepAlive());
      return link;
    } catch (IOException e) {
      Link.abort(client, "the login failed");
      throw explain(target, client, verdict, late.get(), e);
    } catch (RuntimeException e) {
      Link.abort(client, "the login failed");
      throw e;
    } finally {
      guard.cancel(false);
    }
  }

  private void limits(SSHClient client) {
    client.setSocketFactory(sockets);
    client.setConnectTimeout((int) properties.connectTimeout().toMillis());
    client.setTimeout((int) properties.keepAlive().toMillis());
    client.getTransport().setTimeoutMs((int) properties.loginTimeout().toMillis());
    client.getConnection().setTimeoutMs((int) properties.commandTimeout().toMillis());
    client.getConnection().setWindowSize(2L * properties.outputPerLook() + WINDOW_SLACK);
  }

  private void connect(SSHClient client, Target target, @Nullable Link via) throws IOException {
    if (via == null) {
      client.connect(target.address(), target.port());
      return;
    }
    client.connectVia(via.tunnel(target.address(), target.port()), target.address(), target.port());
  }

  private void authenticate(SSHClient client, Target target, List<String> tried)
      throws IOException {
    List<AuthMethod> methods = new ArrayList<>();
    for (Path file : keyFiles(target.login())) {
      methods.add(new AuthPublickey(key(client, target, file)));
      tried.add("the key " + file);
    }
    target
        .login()
        .password()
        .ifPresent(
            password -> {
              char[] text = resolve(target, password.text()).toCharArray();
              methods.add(new AuthPassword(PasswordUtils.createOneOff(text.clone())));
              methods.add(
                  new AuthKeyboardInteractive(
                      new PasswordResponseProvider(PasswordUtils.createOneOff(text))));
              tried.add("the password");
            });
    if (methods.isEmpty()) {
      throw SshFailure.notSent(
          "no way to log in at "
              + target
              + ": set ansible_ssh_private_key_file or ansible_password in the inventory",
          true,
          null);
    }
    try {
      client.auth(target.user(), methods);
    } catch (UserAuthException e) {
      if (isRefusal(client, e)) {
        throw refused(client, target, tried, e);
      }
      throw e;
    }
  }

  /** A host that refuses says so, and what it allows; one whose session was killed does not. */
  private static boolean isRefusal(SSHClient client, UserAuthException failure) {
    boolean told = client.getUserAuth().getAllowedMethods().iterator().hasNext();
    boolean broke = false;
    for (Throwable at = failure; at != null && !broke; at = at.getCause()) {
      broke = at instanceof TransportException;
    }
    return told && !broke && client.getTransport().isRunning();
  }

  private static SshFailure refused(
      SSHClient client, Target target, List<String> tried, UserAuthException cause) {
    return SshFailure.notSent(
        "%s refused the login: tried %s, it allows %s. Check ansible_user, and that the key is in the host's authorized_keys"
            .formatted(
                target,
                String.join(" and ", tried),
                String.join(", ", client.getUserAuth().getAllowedMethods())),
        true,
        cause);
  }

  private static List<Path> keyFiles(Login login) {
    if (login.keyFile().isPresent()) {
      return List.of(login.keyFile().get());
    }
    if (login.password().isPresent()) {
      return List.of();
    }
    Path folder = Path.of(System.getProperty("user.home"), ".ssh");
    return DEFAULT_KEYS.stream().map(folder::resolve).filter(Files::isReadable).toList();
  }

  private KeyProvider key(SSHClient client, Target target, Path file) {
    if (!Files.isReadable(file)) {
      throw SshFailure.notSent(
          "cannot read the key file %s for %s: it must exist and be readable for the server"
              .formatted(file, target),
          true,
          null);
    }
    try {
      String name = file.toString();
      KeyProvider key =
          target.login().passphrase().isPresent()
              ? client.loadKeys(name, resolve(target, target.login().passphrase().get().text()))
              : client.loadKeys(name);
      key.getPrivate();
      return key;
    } catch (IOException | RuntimeException e) {
      if (e instanceof SshFailure failure) {
        throw failure;
      }
      throw SshFailure.notSent(
          "cannot use the key file %s for %s: %s"
              .formatted(
                  file,
                  target,
                  target.login().passphrase().isPresent()
                      ? "the passphrase is wrong, or it is no private key"
                      : "it needs ansible_ssh_private_key_passphrase, or is no private key"),
          true,
          e);
    }
  }

  private String resolve(Target target, String text) {
    try {
      return secrets.resolve(text);
    } catch (SecretFailure e) {
      throw SshFailure.notSent("cannot log in at " + target + ": " + e.getMessage(), true, e);
    }
  }

  private SshFailure explain(
      Target target,
      SSHClient client,
      KnownHosts.Verdict verdict,
      boolean late,
      IOException failure) {
    String refusal = verdict.refusal();
    if (refusal != null) {
      return SshFailure.notSent(refusal, true, failure);
    }
    String why;
    if (late || hasCause(failure, SocketTimeoutException.class)) {
      why =
          "did not answer in time (%d s to connect, %d s to log in): is it up, is a firewall in between?"
              .formatted(
                  properties.connectTimeout().toSeconds(), properties.loginTimeout().toSeconds());
    } else if (hasCause(failure, UnknownHostException.class)) {
      why = "has no address: check ansible_host, or the server's name service";
    } else if (hasCause(failure, NoRouteToHostException.class)) {
      why = "cannot be reached: there is no route to it";
    } else if (hasCause(failure, ConnectException.class)) {
      why = "refused the connection: is sshd running, is the port right?";
    } else {
      why = "broke the login off: " + failure.getMessage();
    }
    return SshFailure.notSent(target + " " + why, false, failure);
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable t = failure; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }
}
