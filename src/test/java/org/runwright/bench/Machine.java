package org.runwright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The facts of the machine that numbers depend on. */
final class Machine {

  private Machine() {}

  static List<String> facts() throws IOException, InterruptedException {
    List<String> facts = new ArrayList<>();
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MINUTES);
    facts.add("measured at " + now + ", load average before: " + load());
    facts.add(
        "%d cores of %s, %s of memory, Linux %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                line("/proc/cpuinfo", "model name"),
                line("/proc/meminfo", "MemTotal"),
                System.getProperty("os.version")));
    facts.add(
        "%s, H2 %s, %s"
            .formatted(
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                org.h2.engine.Constants.VERSION,
                first("/usr/lib/postgresql/15/bin/postgres", "--version")));
    facts.add(
        "%s; %s; clush %s"
            .formatted(
                first("ssh", "-V"),
                first("ansible-playbook", "--version"),
                first("clush", "--version")));
    return facts;
  }

  /** The load average of the last minute. */
  static String load() {
    try {
      return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String line(String file, String key) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  private static String first(String... command) throws InterruptedException {
    try {
      return Command.run(Map.of(), 20, List.of(command)).lines().findFirst().orElse("").strip();
    } catch (IOException e) {
      return command[0] + " is missing";
    }
  }
}
