package org.runwright.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** What {@code scripts/bench} runs; its arguments were checked there. */
public final class Bench {

  private static final Path PAGE = Path.of("docs", "performance.md");
  private static final int WAITING_HOSTS = 500;

  private enum Part {
    HOSTS,
    STEP,
    RUNS,
    WAITING,
    MILLION,
    START,
    OUTPUT
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
      new StartBench(table).run();
    }
    if (parts.stream().anyMatch(ON_FARM::contains)) {
      try (Farm farm = Farm.up(parts.contains(Part.HOSTS) ? hosts : 1)) {
        if (parts.contains(Part.STEP)) {
          new StepBench(farm, table).run();
        }
        if (parts.contains(Part.RUNS)) {
          new RunsBench(farm, table).run();
        }
        if (parts.contains(Part.OUTPUT)) {
          new OutputBench(farm, table).run();
        }
        if (parts.contains(Part.MILLION)) {
          new MillionBench(farm, table).run();
        }
        if (parts.contains(Part.HOSTS)) {
          new HostsBench(farm, table).run();
        }
      }
    }
    if (parts.contains(Part.WAITING)) {
      try (Farm farm = Farm.up(Math.max(hosts, WAITING_HOSTS))) {
        new WaitingBench(farm, table).run();
      }
    }
  }
}
