package org.runwright.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.h2.Driver;

/** The files of a lab: what a user would write, and what the hosts' svc reads. */
final class LabFiles {

  /** What the lab writes itself, for its own hosts. */
  private static final Set<String> OWN = Set.of("inventory.yml", "services.yml", "schedules.yml");

  private LabFiles() {}

  /** Copies a script of this package to the lab's {@code bin}, where hosts find it. */
  static void installScript(Path lab, String name) throws IOException {
    Path script = Files.createDirectories(lab.resolve("bin")).resolve(name);
    try (InputStream source = LabFiles.class.getResourceAsStream(name)) {
      if (source == null) {
        throw new IOException("the script " + name + " is not on the class path");
      }
      Files.copy(source, script);
    }
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  /** Writes the script that becomes the service's process. */
  static void writeUnit(LabHost host, LabService service, Map<LabService, Integer> ports)
      throws IOException {
    String command =
        "exec %s -Xmx64m -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp %s %s %d %s"
            .formatted(
                quoted(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                quoted(classPath()),
                service.mainClass().getName(),
                ports.get(service),
                service
                    .upstream()
                    .map(upstream -> ports.get(upstream).toString())
                    .orElse(quoted(host.home().resolve("data").toString())));
    Files.writeString(host.etc().resolve(service.label() + ".service"), command + "\n");
  }

  static void writeInventory(Path runbooks, Path key, Map<String, Integer> sshPorts)
      throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            # The hosts of the embedded lab.
            all:
              vars:
                site: demo
                ansible_host: 127.0.0.1
                ansible_user: %s
                ansible_ssh_private_key_file: '%s'
              children:
            """
                .formatted(EmbeddedLab.USER, key.toString().replace("'", "''")));
    for (LabService service : LabService.values()) {
      text.append(
          """
              %s:
                hosts:
                  %s:
                    ansible_port: %d
          """
              .formatted(service.group(), service.host(), sshPorts.get(service.host())));
    }
    Files.writeString(runbooks.resolve("inventory.yml"), text);
  }

  static void writeServices(Path runbooks, Map<LabService, Integer> ports) throws IOException {
    StringBuilder text =
        new StringBuilder("# The services of the embedded lab.\nplatform: crm\nservices:\n");
    for (LabService service : LabService.values()) {
      String name = service.label();
      text.append(
          """
            %s:
              hosts: %s
              manager: command
              start: svc %s start
              stop: svc %s stop
              status: svc %s status
              kill: svc %s kill
              depends-on: [%s]
              checks: [ %s ]
              start-timeout: PT30S
              stop-timeout: PT15S
          """
              .formatted(
                  name,
                  service.group(),
                  name,
                  name,
                  name,
                  name,
                  service.needs().stream().map(LabService::label).collect(Collectors.joining(", ")),
                  check(service, ports.get(service))));
    }
    Files.writeString(runbooks.resolve("services.yml"), text);
  }

  /** Copies the descriptors of the shipped runbooks, if the folder is there. */
  static void copyDescriptors(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from, "*.yml")) {
      for (Path file : files) {
        if (!OWN.contains(file.getFileName().toString())) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
  }

  private static String check(LabService service, int port) {
    return switch (service) {
      case DATABASE, NETWORK -> "{ tcp: " + port + " }";
      case APPLICATION, CRM -> "{ http: \"http://{host}:" + port + "/health\", expect: 200 }";
    };
  }

  /** Only what the services need, so that their JVMs start quickly. */
  private static String classPath() {
    return location(LabFiles.class) + ":" + location(Driver.class);
  }

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new LabFailure("cannot tell where " + type + " was loaded from", e);
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
