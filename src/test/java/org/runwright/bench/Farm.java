package org.runwright.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Real OpenSSH servers on loopback addresses, by {@code scripts/farm}; gone when closed. */
final class Farm implements AutoCloseable {

  static final int PORT = 2722;

  /** Of this process alone, so that two may run side by side. */
  private static final String NET = "127." + (16 + ProcessHandle.current().pid() % 200);

  private static final int LIMIT_SECONDS = 300;

  private final Path state;
  private final int size;

  private Farm(Path state, int size) {
    this.state = state;
    this.size = size;
  }

  static Farm up(int size) throws IOException, InterruptedException {
    Farm farm = new Farm(Path.of("/tmp", "runwright-bench-" + ProcessHandle.current().pid()), size);
    try {
      farm.script("up", Integer.toString(size));
      return farm;
    } catch (IOException e) {
      farm.close();
      throw e;
    }
  }

  private void script(String... arguments) throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of(
            "RUNWRIGHT_FARM_STATE", state.toString(),
            "RUNWRIGHT_FARM_NET", NET,
            "RUNWRIGHT_FARM_PORT", Integer.toString(PORT),
            "RUNWRIGHT_FARM_TIMEOUT", Integer.toString(LIMIT_SECONDS));
    List<String> command = new java.util.ArrayList<>(List.of("scripts/farm"));
    command.addAll(List.of(arguments));
    Command.run(environment, LIMIT_SECONDS, command);
  }

  int size() {
    return size;
  }

  /** The names of the first hosts. */
  List<String> hosts(int count) {
    return IntStream.rangeClosed(1, count).mapToObj("h%03d"::formatted).toList();
  }

  List<String> hosts() {
    return hosts(size);
  }

  /** As {@code scripts/farm} numbers them. */
  String address(int number) {
    return NET + "." + number / 200 + "." + (number % 200 + 1);
  }

  Path file(String name) {
    return state.resolve(name);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    script("down");
  }
}
