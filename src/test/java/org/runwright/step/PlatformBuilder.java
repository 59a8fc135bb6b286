package org.runwright.step;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.runwright.platform.BackupSettings;
import org.runwright.platform.Become;
import org.runwright.platform.Check;
import org.runwright.platform.DatabaseSettings;
import org.runwright.platform.Host;
import org.runwright.platform.Inventory;
import org.runwright.platform.Login;
import org.runwright.platform.Platform;
import org.runwright.platform.Service;
import org.runwright.platform.ServiceCommands;
import org.runwright.platform.ServiceManager;
import org.runwright.platform.ServiceMap;

/** A platform of one host and one service, {@code database} on {@code db1}. */
final class PlatformBuilder {

  private String host = "db1";
  private String address = "127.0.0.1";
  private Optional<Become> become = Optional.empty();
  private String name = "database";
  private ServiceManager manager = ServiceManager.COMMAND;
  private String unit = "database";
  private ServiceCommands commands =
      new ServiceCommands(
          Optional.of("true"), Optional.of("true"), Optional.of("true"), Optional.empty());
  private final List<Check> checks = new ArrayList<>();
  private Optional<DatabaseSettings> database = Optional.empty();
  private Optional<BackupSettings> backup = Optional.empty();
  private Duration startTimeout = Duration.ofSeconds(5);
  private Duration stopTimeout = Duration.ofSeconds(2);

  static PlatformBuilder aPlatform() {
    return new PlatformBuilder();
  }

  PlatformBuilder address(String address) {
    this.address = address;
    return this;
  }

  PlatformBuilder on(String host) {
    this.host = host;
    return this;
  }

  PlatformBuilder becoming(String user) {
    become = Optional.of(new Become(user, Optional.empty()));
    return this;
  }

  PlatformBuilder service(String name) {
    this.name = name;
    return this;
  }

  PlatformBuilder managedBy(ServiceManager manager, String unit) {
    this.manager = manager;
    this.unit = unit;
    return this;
  }

  PlatformBuilder commands(String start, String stop, String status) {
    commands =
        new ServiceCommands(
            Optional.of(start), Optional.of(stop), Optional.of(status), commands.kill());
    return this;
  }

  PlatformBuilder kill(String kill) {
    commands =
        new ServiceCommands(
            commands.start(), commands.stop(), commands.status(), Optional.of(kill));
    return this;
  }

  PlatformBuilder noCommands() {
    commands =
        new ServiceCommands(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    return this;
  }

  PlatformBuilder check(Check check) {
    checks.add(check);
    return this;
  }

  PlatformBuilder database(DatabaseSettings settings) {
    database = Optional.of(settings);
    return this;
  }

  PlatformBuilder backup(BackupSettings settings) {
    backup = Optional.of(settings);
    return this;
  }

  PlatformBuilder startTimeout(int seconds) {
    startTimeout = Duration.ofSeconds(seconds);
    return this;
  }

  PlatformBuilder stopTimeout(int seconds) {
    stopTimeout = Duration.ofSeconds(seconds);
    return this;
  }

  Platform build() {
    Login login = new Login("ops", Optional.of(Path.of("key")), Optional.empty(), Optional.empty());
    Host only =
        new Host(
            host, address, 22, login, become, List.of(), new TreeSet<>(List.of("all")), Map.of());
    Host other =
        new Host(
            "other", "10.0.0.9", 22, login, Optional.empty(), List.of(), new TreeSet<>(), Map.of());
    Service service =
        new Service(
            name,
            host,
            manager,
            unit,
            commands,
            true,
            List.copyOf(checks),
            startTimeout,
            stopTimeout,
            new TreeSet<>(),
            database,
            backup,
            Optional.empty());
    return new Platform(
        new Inventory(
            new TreeMap<>(Map.of(host, only, "other", other)),
            new TreeMap<>(Map.of("all", List.of(host, "other"))),
            Map.of()),
        new ServiceMap("crm", new TreeMap<>(Map.of(name, service))));
  }
}
