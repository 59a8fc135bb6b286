package org.runwright.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;

/** The same commands by nothing but the SSH library that the server uses. */
final class BareSsh {

  private static final int THREADS = 32;

  private final Farm farm;
  private final DefaultConfig config = new DefaultConfig();

  BareSsh(Farm farm) {
    this.farm = farm;
  }

  /** Runs some commands one after the other on each host, 32 hosts at a time; the time it took. */
  Duration all(int hosts, int commands) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      long begin = System.nanoTime();
      List<Future<?>> ends = new ArrayList<>();
      for (int number = 1; number <= hosts; number++) {
        String address = farm.address(number);
        ends.add(
            threads.submit(
                () -> {
                  try (SSHClient client = connect(address)) {
                    for (int i = 0; i < commands; i++) {
                      execute(client, "true");
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
      return Duration.ofNanos(System.nanoTime() - begin);
    } catch (ExecutionException e) {
      throw new IOException("bare sshj: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Milliseconds of single commands on one warm connection. */
  List<Double> warm(int commands) throws IOException {
    List<Double> times = new ArrayList<>();
    try (SSHClient client = connect(farm.address(1))) {
      for (int i = 0; i < commands; i++) {
        long begin = System.nanoTime();
        execute(client, "true");
        times.add((System.nanoTime() - begin) / 1e6);
      }
    }
    return times;
  }

  private SSHClient connect(String address) throws IOException {
    SSHClient client = new SSHClient(config);
    client.loadKnownHosts(farm.file("known_hosts").toFile());
    client.connect(address, Farm.PORT);
    client.getSocket().setTcpNoDelay(true); // as the server does; otherwise 40 ms for each command
    Path key = farm.file("id");
    client.authPublickey(System.getProperty("user.name"), key.toString());
    return client;
  }

  private static void execute(SSHClient client, String text) throws IOException {
    try (Session session = client.startSession()) {
      Session.Command command = session.exec(text);
      command.getInputStream().readAllBytes();
      command.join(30, TimeUnit.SECONDS);
      if (command.getExitStatus() == null || command.getExitStatus() != 0) {
        throw new IOException(text + " ended with " + command.getExitStatus());
      }
    }
  }
}
