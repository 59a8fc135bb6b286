package org.runwright.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A host of the lab: a directory with {@code home}, {@code etc}, {@code run} and {@code log}, and
 * real processes that live in it. Thread-safe.
 */
public final class LabHost {

  private static final int LIMIT_SECONDS = 30;

  private final String name;
  private final Path lab;
  private final Path directory;

  LabHost(String name, Path lab) throws IOException {
    this.name = name;
    this.lab = lab;
    this.directory = lab.resolve("hosts").resolve(name);
    for (String part : new String[] {"home", "etc", "run", "log"}) {
      Files.createDirectories(directory.resolve(part));
    }
  }

  public String name() {
    return name;
  }

  /** The home directory of the user that logs in. */
  public Path home() {
    return directory.resolve("home");
  }

  /**
   * Runs a command as SSH would, without SSH, for at most 30 s.
   *
   * @return what it wrote, standard error included
   * @throws LabFailure if it does not exit with 0, with what it wrote
   */
  public String run(String command) {
    Finished finished = execute(command);
    if (finished.exitCode() != 0) {
      throw new LabFailure(
          "\"%s\" on %s exited with %d: %s"
              .formatted(command, name, finished.exitCode(), finished.output()));
    }
    return finished.output();
  }

  /** Like {@link #run}, but any exit code is welcome. */
  public Finished execute(String command) {
    try {
      Path output = Files.createTempFile(lab, "run", ".out");
      try {
        Process process =
            process(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new LabFailure(
              "\"" + command + "\" on " + name + " still ran after " + LIMIT_SECONDS + " s");
        }
        return new Finished(
            process.exitValue(), Files.readString(output, StandardCharsets.UTF_8).strip());
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new LabFailure("cannot run a command on " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted while a command ran on " + name, e);
    }
  }

  /**
   * The process of a command: of its own session as sshd makes it, with the environment of a login
   * and nothing of this JVM's.
   */
  ProcessBuilder process(String command) {
    ProcessBuilder builder = new ProcessBuilder("setsid", "--wait", "/bin/sh", "-c", command);
    builder.directory(home().toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(environment());
    return builder;
  }

  Path etc() {
    return directory.resolve("etc");
  }

  Path log(String service) {
    return directory.resolve("log").resolve(service + ".log");
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("HOME", home().toString());
    environment.put("USER", EmbeddedLab.USER);
    environment.put("LOGNAME", EmbeddedLab.USER);
    environment.put("SHELL", "/bin/sh");
    environment.put("PATH", lab.resolve("bin") + ":/usr/local/bin:/usr/bin:/bin");
    environment.put("LAB_HOST", name);
    environment.put("LAB_HOST_DIR", directory.toString());
    environment.put(Reaper.MARK, lab.toString());
    return environment;
  }

  /** How a command ended. */
  public record Finished(int exitCode, String output) {}
}
