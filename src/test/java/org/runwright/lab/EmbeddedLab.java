package org.runwright.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.jspecify.annotations.Nullable;

/**
 * Four hosts (db1, app1, lb1, crm1), each an SSH server on a free port of 127.0.0.1 with a
 * directory of its own, and on them the services database, application, network and crm, stopped at
 * first. Commands are real processes; they and the lab's directory are gone when it is closed or
 * its JVM ends, however that ends. Linux only. Thread-safe.
 */
public final class EmbeddedLab implements AutoCloseable {

  /** The user to log in as, with the lab's key. */
  public static final String USER = "ops";

  private static final String PREFIX = "runwright-lab-";

  private final Path directory;
  private final Reaper reaper;
  private final ExecutorService threads;
  private final Map<String, LabHost> hosts = new TreeMap<>();
  private final Map<String, SshHost> servers = new LinkedHashMap<>();
  private final Map<LabService, Integer> ports;

  private EmbeddedLab(Path directory, Reaper reaper) {
    this.directory = directory;
    this.reaper = reaper;
    this.threads = Executors.newCachedThreadPool(EmbeddedLab::daemon);
    this.ports = new EnumMap<>(FreePorts.take(LabService.class));
  }

  /** Starts the hosts, with the descriptors of the folder {@code runbooks} of this project. */
  public static EmbeddedLab start() {
    return start(Path.of("runbooks"));
  }

  /**
   * Starts the hosts.
   *
   * @param descriptors the folder whose runbooks are copied to {@link #runbooksDir}
   */
  public static EmbeddedLab start(Path descriptors) {
    try {
      Path parent = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
      Reaper.reapAbandoned(parent, PREFIX);
      Path directory = Files.createTempDirectory(parent, PREFIX);
      LabFiles.installScript(directory, "reaper");
      LabFiles.installScript(directory, "svc");
      EmbeddedLab lab = new EmbeddedLab(directory, Reaper.watch(directory));
      try {
        lab.open(descriptors);
        return lab;
      } catch (IOException | GeneralSecurityException | RuntimeException e) {
        lab.close();
        throw e;
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new LabFailure("the lab cannot start", e);
    }
  }

  public LabHost host(String name) {
    LabHost host = hosts.get(name);
    if (host == null) {
      throw new IllegalArgumentException("the lab has no host " + name);
    }
    return host;
  }

  /** The port of the host's SSH server. */
  public int sshPort(String host) {
    return server(host).port();
  }

  /** The port a service listens on while it runs. */
  public int port(String service) {
    return ports.get(LabService.named(service));
  }

  public boolean isRunning(String service) {
    return hostOf(service).execute("svc " + service + " status").exitCode() == 0;
  }

  /** Starts a service by itself, without the product; it may not serve yet. */
  public void startService(String service) {
    hostOf(service).run("svc " + service + " start");
  }

  /** Stops a service in its own time. */
  public void stopService(String service) {
    hostOf(service).run("svc " + service + " stop");
  }

  /** Ends a service with SIGKILL; returns when its process is gone. */
  public void kill(String service) {
    hostOf(service).run("svc " + service + " kill");
  }

  /** Makes every start of a service fail until it is repaired. It goes on if it runs. */
  public void breakService(String service) {
    hostOf(service).run("touch \"$LAB_HOST_DIR/etc/" + service + ".broken\"");
  }

  public void repair(String service) {
    hostOf(service).run("rm -f \"$LAB_HOST_DIR/etc/" + service + ".broken\"");
  }

  /** What a service wrote, oldest first; empty if it never started. */
  public String serviceLog(String service) {
    try {
      Path log = hostOf(service).log(service);
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new LabFailure("cannot read the log of " + service, e);
    }
  }

  /** Keeps the host's connections, old and new, and lets nothing pass any more. */
  public void blackHole(String host) {
    server(host).link().silence();
  }

  /** Resets the host's connections, old and new. */
  public void cut(String host) {
    server(host).link().cut();
  }

  /** Ends a black hole or a cut. */
  public void heal(String host) {
    server(host).link().heal();
  }

  /** Holds inventory.yml and services.yml of these hosts, and the descriptors. */
  public Path runbooksDir() {
    return directory.resolve("runbooks");
  }

  /** The hosts' keys in OpenSSH's format. */
  public Path knownHosts() {
    return directory.resolve("known_hosts");
  }

  /** The private key that logs in at every host. */
  public Path keyFile() {
    return directory.resolve("keys/id");
  }

  /** A place for other files that shall go with the lab. */
  public Path directory() {
    return directory;
  }

  /**
   * The settings of a server that shall operate this lab and leave nothing behind. Its database is
   * H2's in the data folder, or a new one of PostgreSQL with {@code
   * RUNWRIGHT_TEST_DATABASE=postgresql}.
   */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("runwright.runbooks-dir", runbooksDir().toString());
    settings.put("runwright.data-dir", directory.resolve("data").toString());
    settings.put("runwright.ssh.known-hosts", knownHosts().toString());
    settings.putAll(PostgresServer.settingsIfWanted());
    return settings;
  }

  @Override
  public void close() {
    for (SshHost server : servers.values()) {
      try {
        server.close();
      } catch (IOException e) {
        // Its port goes with this JVM; the processes are what matters.
      }
    }
    threads.shutdownNow();
    reaper.reap();
  }

  private void open(Path descriptors) throws IOException, GeneralSecurityException {
    KeyPair client = makeClientKey();
    StringBuilder known = new StringBuilder();
    Map<String, Integer> sshPorts = new TreeMap<>();
    for (LabService service : LabService.values()) {
      LabHost host = new LabHost(service.host(), directory);
      hosts.put(host.name(), host);
      LabFiles.writeUnit(host, service, ports);
      SshHost server = new SshHost(host, client.getPublic(), newKey(), threads);
      servers.put(host.name(), server);
      sshPorts.put(host.name(), server.port());
      known.append(server.knownHost()).append('\n');
    }
    Files.writeString(knownHosts(), known);
    Files.createDirectories(runbooksDir());
    LabFiles.writeInventory(runbooksDir(), keyFile(), sshPorts);
    LabFiles.writeServices(runbooksDir(), ports);
    LabFiles.copyDescriptors(descriptors, runbooksDir());
  }

  private KeyPair makeClientKey() throws IOException, GeneralSecurityException {
    KeyPair key = newKey();
    Files.createDirectories(
        keyFile().getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createFile(
        keyFile(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream file = Files.newOutputStream(keyFile())) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "embedded lab", null, file);
    }
    return key;
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    return KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
  }

  private LabHost hostOf(String service) {
    return host(LabService.named(service).host());
  }

  private SshHost server(String host) {
    @Nullable SshHost server = servers.get(host);
    if (server == null) {
      throw new IllegalArgumentException("the lab has no host " + host);
    }
    return server;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "lab-command");
    thread.setDaemon(true);
    return thread;
  }
}
