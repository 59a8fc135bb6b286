package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.util.FileSystemUtils;

/**
 * The real hosts of {@code scripts/lab}, a folder of runbooks about them, and a look at them beside
 * the product. A test says {@link #makeWell} before and after, so that it depends on no other one.
 */
final class RealLab implements AutoCloseable {

  static final Path STATE =
      Path.of(
          Optional.ofNullable(System.getenv("RUNWRIGHT_LAB_STATE"))
              .orElse("/var/lib/runwright-lab"));

  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** What runs there, in the order of its start; {@link #LEGACY} depends on nothing. */
  enum Service {
    DATABASE("db1", "mariadb"),
    APPLICATION("app1", "tomcat10"),
    NETWORK("lb1", "haproxy"),
    CRM("crm1", "crm"),
    SECOND_CRM("crm2", "crm"),
    LEGACY("old1", "nginx");

    final RealHost host;
    final String unit;

    Service(String host, String unit) {
      this.host = new RealHost(host);
      this.unit = unit;
    }

    String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    boolean sysv() {
      return this == LEGACY;
    }

    boolean runs() {
      String state =
          sysv()
              ? "service " + unit + " status >/dev/null && echo active || echo inactive"
              : "systemctl is-active " + unit + " || :";
      return host.sudo(state).equals("active");
    }

    void start() {
      if (sysv()) {
        host.sudo("service " + unit + " status >/dev/null || service " + unit + " start");
      } else {
        host.sudo("systemctl reset-failed " + unit + " || :; systemctl start " + unit);
      }
    }

    void stop() {
      host.sudo(sysv() ? "service " + unit + " stop" : "systemctl stop " + unit);
    }

    void kill() {
      host.sudo(sysv() ? "pkill -KILL -x " + unit : "systemctl kill -s KILL " + unit);
    }

    /** The unit cannot start until it is {@link #repair}ed; what runs of it goes on. */
    void breakUnit() {
      host.sudo(
          "mkdir -p %1$s && printf '[Service]\\nExecStart=\\nExecStart=/bin/false\\n' >%1$s/broken.conf && systemctl daemon-reload"
              .formatted(dropIn()));
    }

    void repair() {
      if (!sysv()) {
        host.sudo("! [ -e %1$s ] || { rm -rf %1$s; systemctl daemon-reload; }".formatted(dropIn()));
      }
    }

    private String dropIn() {
      return "/run/systemd/system/" + unit + ".service.d";
    }

    /** When systemd last saw it become active or inactive; the hosts share one clock. */
    long microseconds(String property) {
      return Long.parseLong(
          host.sudo("systemctl show --value -p " + property + "TimestampMonotonic " + unit));
    }
  }

  private final Path directory;

  private RealLab(Path directory) {
    this.directory = directory;
  }

  static RealLab open() {
    assertThat(STATE.resolve("keys/ssh_config"))
        .as("the lab is not up: run scripts/lab up as root, then try again")
        .exists();
    try {
      RealLab lab = new RealLab(Files.createTempDirectory("runwright-real"));
      // A server in this JVM outlives its test class, and its database the folder.
      Runtime.getRuntime().addShutdownHook(new Thread(lab::close));
      Files.createDirectories(lab.runbooks());
      for (Path folder : List.of(Path.of("runbooks"), STATE.resolve("runbooks"))) {
        FileSystemUtils.copyRecursively(folder, lab.runbooks());
      }
      Files.copy(STATE.resolve("keys/known_hosts"), lab.knownHosts());
      Flows.processes(lab.directory, lab.runbooks());
      return lab;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directory() {
    return directory;
  }

  Path runbooks() {
    return directory.resolve("runbooks");
  }

  /** A copy, which a test may change. */
  Path knownHosts() {
    return directory.resolve("known_hosts");
  }

  /** Writes a file of the lab's folder, in place of what was there. */
  void write(String file, String text) {
    try {
      Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, String> settings() {
    return new HashMap<>(
        Map.of(
            "runwright.runbooks-dir", runbooks().toString(),
            "runwright.processes-dir", directory.resolve("processes").toString(),
            "runwright.data-dir", directory.resolve("data").toString(),
            "runwright.ssh.known-hosts", knownHosts().toString()));
  }

  void register(DynamicPropertyRegistry registry) {
    settings().forEach((name, value) -> registry.add(name, () -> value));
  }

  /** Runs {@code scripts/lab} with the arguments; what it says. */
  static String command(String... arguments) {
    return RealHost.run(
        Stream.concat(Stream.of("scripts/lab"), Arrays.stream(arguments))
            .collect(Collectors.toList()),
        120);
  }

  /** Takes units' faults back, starts what does not run, and waits until customers are served. */
  static void makeWell() {
    onAll(
        Service.values(),
        service -> {
          service.repair();
          service.start();
        });
    awaitStatus("10.77.0.12:8080/");
    awaitStatus("10.77.0.13:8080/health");
    awaitStatus("10.77.0.16:8080/health");
    awaitCustomers();
  }

  static void stop(Service... services) {
    onAll(services, Service::stop);
  }

  static void onAll(Service[] services, Consumer<Service> action) {
    CompletableFuture.allOf(
            Arrays.stream(services)
                .map(service -> CompletableFuture.runAsync(() -> action.accept(service)))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  static boolean run(Service... services) {
    return Arrays.stream(services).allMatch(Service::runs);
  }

  /** The CRM says that it is well, at once. */
  static boolean crmIsWell() {
    return status("10.77.0.13:8080/health") == 200;
  }

  /** Customers reach the CRM; the load balancer takes some seconds to notice that it is back. */
  static void awaitCustomers() {
    awaitStatus("10.77.0.14:80/health");
  }

  private static void awaitStatus(String address) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(status(address)).isEqualTo(200));
  }

  /** 0 if there is no answer. */
  private static int status(String address) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://" + address))
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Removes the folder, which happens at the end of the JVM in any case. */
  @Override
  public void close() {
    try {
      FileSystemUtils.deleteRecursively(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
