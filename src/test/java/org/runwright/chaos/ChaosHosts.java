package org.runwright.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The lab's hosts beside the product: what is beaten goes by {@code scripts/lab}, what is read goes
 * by the host's root folder as this machine sees it. Thread-safe.
 */
final class ChaosHosts {

  /** On every host: the ledgers, and what the runners keep. */
  static final String FOLDER = "/var/tmp/runwright-chaos";

  static final String RUNNERS = FOLDER + "/runners";

  private static final Path STATE =
      Path.of(
          Optional.ofNullable(System.getenv("RUNWRIGHT_LAB_STATE"))
              .orElse("/var/lib/runwright-lab"));

  /** The victim prints its token before it is killed. */
  private static final String KILL_A_RUNNER =
      """
      cd %s 2>/dev/null || exit 0
      for run in $(ls | grep '[.]run$' | shuf); do
        token=${run%%.run}
        read -r pid rest <"$run" || continue
        [ "$pid" != 0 ] && grep -aq "$token" "/proc/$pid/cmdline" 2>/dev/null || continue
        echo "$token"
        kill -KILL "$pid"
        exit 0
      done
      """
          .formatted(RUNNERS);

  private final Map<String, Path> roots = new TreeMap<>();

  private ChaosHosts() {}

  /**
   * @throws ChaosOptions.Wrong if the lab is not up
   */
  static ChaosHosts open() {
    ChaosHosts hosts = new ChaosHosts();
    if (!Files.isReadable(inventory())) {
      throw new ChaosOptions.Wrong("the lab is not up: run scripts/lab up as root");
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(STATE.resolve("hosts"))) {
      for (Path folder : folders) {
        hosts.roots.put(folder.getFileName().toString(), root(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hosts.names().forEach(hosts::makeFolder);
    return hosts;
  }

  /** The lab's files about itself: the inventory, and a service map. */
  static List<Path> files() {
    return List.of(inventory(), STATE.resolve("runbooks/services.yml"));
  }

  private static Path inventory() {
    return STATE.resolve("runbooks/inventory.yml");
  }

  static Path knownHosts() {
    return STATE.resolve("keys/known_hosts");
  }

  private static Path root(Path folder) throws IOException {
    long supervisor = Long.parseLong(Files.readString(folder.resolve("pid")).split(" ", -1)[0]);
    return ProcessHandle.of(supervisor).stream()
        .flatMap(ProcessHandle::children)
        .flatMap(ProcessHandle::children)
        .findFirst()
        .map(first -> Path.of("/proc", Long.toString(first.pid()), "root"))
        .orElseThrow(() -> new ChaosOptions.Wrong("host " + folder.getFileName() + " is down"));
  }

  private void makeFolder(String host) {
    // Not sticky: a file there is written by several users, which Linux refuses in a sticky folder.
    in(host, "rm -rf %1$s && mkdir -m 777 %1$s".formatted(FOLDER));
  }

  List<String> names() {
    return List.copyOf(roots.keySet());
  }

  static String ledger(RoundPlan plan) {
    return FOLDER + "/" + plan.key();
  }

  void cut(String host) {
    lab("drop", host);
  }

  void heal(String host) {
    lab("heal", host);
  }

  /** Kills one of sshd's processes for the login user's sessions, or all; whether there was one. */
  boolean killSessions(String host, boolean all) {
    String script =
        "pids=$(pgrep -f '^sshd: ops' | shuf -n %d); [ -z \"$pids\" ] || kill -KILL $pids; echo \"$pids\"";
    return !in(host, script.formatted(all ? 1000 : 1)).isBlank();
  }

  /** Kills the runner of some command; its token. */
  Optional<String> killARunner(String host) {
    return in(host, KILL_A_RUNNER).lines().findFirst();
  }

  /** Every host's lines about a run, each with the host before it. */
  List<String> readLedger(RoundPlan plan) {
    List<String> lines = new ArrayList<>();
    for (String host : names()) {
      read(host, ledger(plan))
          .ifPresent(text -> text.lines().forEach(line -> lines.add(host + " " + line)));
    }
    return lines;
  }

  /** What a command wrote, as its host kept it; empty if it never began. */
  String output(String host, String token, String stream) {
    return read(host, RUNNERS + "/" + token + "." + stream).orElse("");
  }

  private Optional<String> read(String host, String path) {
    try {
      return Optional.of(
          Files.readString(roots.get(host).resolve(path.substring(1)), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command lines of processes, on any host, that name the run's ledger. */
  List<String> processes(RoundPlan plan) {
    String mark = ledger(plan) + "\0";
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      for (Path process : all.filter(path -> path.toString().matches("/proc/\\d+")).toList()) {
        commandLine(process)
            .filter(line -> line.contains(mark))
            .ifPresent(line -> found.add(line.replace('\0', ' ')));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static Optional<String> commandLine(Path process) {
    try {
      return Optional.of(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty(); // it has ended
    }
  }

  private String in(String host, String script) {
    return lab("exec", host, "sh", "-c", script);
  }

  private static String lab(String... arguments) {
    List<String> command = new ArrayList<>(List.of("scripts/lab"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("took over 30 s: " + command);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
