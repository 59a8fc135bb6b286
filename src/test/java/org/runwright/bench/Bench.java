package org.runwright.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** What {@code scripts/bench} runs; its arguments were checked there. */
public final class Bench {

  private static final Path PAGE = Path.of("docs", "performance.md");
  private static final int WAITING_HOSTS = 500;

  private enum Part {
    START,
    STEP,
    RUNS,
    OUTPUT,
    HOSTS,
    MILLION,
    WAITING
  }

  private static final Set<Part> ON_FARM =
      EnumSet.of(Part.HOSTS, Part.STEP, Part.RUNS, Part.MILLION, Part.OUTPUT);

  private Bench() {}

  /**
   * @param arguments how many hosts, {@code write} or {@code print}, then the parts
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    List<String> words = List.of(arguments);
    int hosts = Integer.parseInt(words.get(0));
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (String word : words.subList(2, words.size())) {
      parts.add(Part.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    List<String> facts = Machine.facts();
    facts.forEach(fact -> System.out.println("    " + fact));
    Table table = new Table();
    run(parts, hosts, table);
    if (words.get(1).equals("write")) {
      table.write(PAGE, facts);
    }
    // Threads of SSH clients and of PostgreSQL's watcher may still be there.
    System.exit(0);
  }

  private static void run(Set<Part> parts, int hosts, Table table)
      throws IOException, InterruptedException {
    if (parts.contains(Part.START)) {
      attempt(Part.START, table, () -> new StartBench(table).run());
    }
    if (parts.stream().anyMatch(ON_FARM::contains)) {
      try (Farm farm = Farm.up(parts.contains(Part.HOSTS) ? hosts : 1)) {
        Map<Part, Work> works = new EnumMap<>(Part.class);
        works.put(Part.STEP, new StepBench(farm, table)::run);
        works.put(Part.RUNS, new RunsBench(farm, table)::run);
        works.put(Part.OUTPUT, new OutputBench(farm, table)::run);
        works.put(Part.MILLION, new MillionBench(farm, table)::run);
        works.put(Part.HOSTS, new HostsBench(farm, table)::run);
        for (Part part : parts) {
          if (works.containsKey(part)) {
            attempt(part, table, works.get(part));
          }
        }
      }
    }
    if (parts.contains(Part.WAITING)) {
      try (Farm farm = Farm.up(WAITING_HOSTS)) {
        attempt(Part.WAITING, table, new WaitingBench(farm, table)::run);
      }
    }
  }

  /** What one part cannot measure does not keep the others from it. */
  private static void attempt(Part part, Table table, Work work) throws InterruptedException {
    Table.progress("%s, load %s".formatted(part, Machine.load()));
    try {
      work.run();
    } catch (IOException | RuntimeException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      table.note("not measured to its end: " + part + ": " + reason);
      e.printStackTrace();
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }
}
