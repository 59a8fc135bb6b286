package org.runwright.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.runwright.platform.Host;
import org.runwright.platform.Inventory;
import org.runwright.platform.Login;
import org.runwright.platform.Platform;
import org.runwright.platform.Pool;
import org.runwright.platform.Service;
import org.runwright.platform.ServiceCommands;
import org.runwright.platform.ServiceManager;
import org.runwright.platform.ServiceMap;

/**
 * Steps about a host as they run on this machine: their folder of state is a temporary one, and
 * programs that would alter the machine are stand-ins of the test.
 */
final class PatchHost {

  static final String RUN = "run-1";

  private final List<String> shell;
  private final Path folder;

  PatchHost(List<String> shell, Path folder) {
    this.shell = shell;
    this.folder = folder;
  }

  Path state() {
    return folder.resolve("state");
  }

  /** A program that is found before the machine's own. */
  void program(String name, String text) {
    try {
      Path bin = Files.createDirectories(folder.resolve("bin"));
      Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + text + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String file, String text) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> lines(String file) {
    try {
      Path path = folder.resolve(file);
      return Files.exists(path) ? Files.readAllLines(path) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LocalShell.Ended run(String kind, Map<String, Object> parameters) {
    return run(kind, parameters, Map.of());
  }

  /**
   * @param variables of the host in the inventory
   */
  LocalShell.Ended run(String kind, Map<String, Object> parameters, Map<String, Object> variables) {
    return shell().run(prepare(kind, parameters, variables));
  }

  PreparedStep prepare(String kind, Map<String, Object> parameters, Map<String, Object> variables) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.putIfAbsent("owner", RUN);
    String host = kind.endsWith("drain-host") ? "lb1" : "app1";
    PreparedStep step =
        Kinds.ALL
            .named(kind)
            .prepare(
                new StepRequest(kind, host, Optional.empty(), all, Optional.empty()),
                platform(variables));
    List<String> arguments = new ArrayList<>(step.arguments());
    if (!kind.equals("await-host")) {
      arguments.set(0, state().toString());
    }
    return new PreparedStep(
        step.kind(),
        step.title(),
        step.host(),
        step.service(),
        step.script(),
        arguments,
        step.become(),
        step.timeLimit(),
        step.safeToRepeat(),
        step.undo());
  }

  private LocalShell shell() {
    return new LocalShell(
        shell,
        folder,
        Map.of(
            "PATH",
            folder.resolve("bin") + ":" + System.getenv("PATH"),
            "FOLDER",
            folder.toString()));
  }

  /** app1 and app2 run app, behind haproxy on lb1. */
  static Platform platform(Map<String, Object> variables) {
    Map<String, Host> hosts = new TreeMap<>();
    List.of("app1", "app2", "lb1").forEach(name -> hosts.put(name, host(name, variables)));
    Pool pool = new Pool("network", "crm", Pool.HOST, "/run/haproxy/admin.sock", 1);
    Map<String, Service> services = new TreeMap<>();
    services.put("app", service("app", "app", Optional.of(pool)));
    services.put("network", service("network", "lb1", Optional.empty()));
    return new Platform(
        new Inventory(
            new TreeMap<>(hosts), new TreeMap<>(Map.of("app", List.of("app1", "app2"))), Map.of()),
        new ServiceMap("crm", new TreeMap<>(services)));
  }

  private static Service service(String name, String hosts, Optional<Pool> pool) {
    return new Service(
        name,
        hosts,
        ServiceManager.SYSTEMD,
        name,
        new ServiceCommands(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        true,
        List.of(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        new TreeSet<>(),
        Optional.empty(),
        Optional.empty(),
        pool);
  }

  private static Host host(String name, Map<String, Object> variables) {
    Login login = new Login("ops", Optional.of(Path.of("key")), Optional.empty(), Optional.empty());
    return new Host(name, name, 22, login, Optional.empty(), List.of(), new TreeSet<>(), variables);
  }
}
