package org.runwright.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Value;

/**
 * A job that takes its time. A bean only in the servers of these tests, which name it ({@code
 * spring.main.sources}).
 */
public class JobGate {

  private static final long LIMIT = TimeUnit.MINUTES.toNanos(3);

  private final String node;

  JobGate(@Value("${runwright.node-id}") String node) {
    this.node = node;
  }

  /** Notes which server is here, and waits until the gate is there. */
  public boolean pass(String ledger, String gate) throws IOException {
    Files.writeString(
        Path.of(ledger), node + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    long end = System.nanoTime() + LIMIT;
    while (!Files.exists(Path.of(gate)) && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return Files.exists(Path.of(gate));
  }
}
