package org.runwright.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.runwright.chaos.Evidence.StepRow;

/** The numbers of all rounds, and the evidence of those with faults. Thread-safe. */
final class Tally {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Map<Fault.Kind, Long> faults = new EnumMap<>(Fault.Kind.class);
  private final Map<String, Integer> runs = new TreeMap<>();
  private final Map<String, Integer> steps = new TreeMap<>();
  private final List<String> texts = new ArrayList<>();
  private int rounds;
  private int resumed;
  private long bytes;
  private double longest;

  Tally(Path folder) {
    this.folder = folder;
    for (Fault.Kind kind : Fault.Kind.values()) {
      faults.put(kind, 0L);
    }
  }

  synchronized void add(Round.Outcome outcome) {
    rounds++;
    resumed += outcome.resumed();
    longest = Math.max(longest, outcome.seconds());
    runs.merge(outcome.lastSeen().path("state").asText(), 1, Integer::sum);
    outcome
        .evidence()
        .ifPresent(
            evidence -> {
              for (StepRow row : evidence.steps()) {
                steps.merge(row.state(), 1, Integer::sum);
              }
              bytes += evidence.logs().values().stream().mapToLong(String::length).sum();
            });
    outcome.faults().forEach(this::add);
    if (!outcome.faults().isEmpty()) {
      keep(outcome);
    }
  }

  synchronized void add(Fault fault) {
    faults.merge(fault.kind(), fault.amount(), Long::sum);
    texts.add(fault.kind().title + ": " + fault.text());
    System.out.println("FAULT " + fault.kind().title + ": " + fault.text());
  }

  private void keep(Round.Outcome outcome) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("faults", outcome.faults().stream().map(Fault::text).toList());
    all.put("plan", outcome.plan().toString());
    all.put("run", outcome.lastSeen());
    outcome
        .evidence()
        .ifPresent(
            evidence -> {
              all.put("ledger", evidence.ledger());
              all.put("logs", evidence.logs());
              all.put("onTheHosts", evidence.kept());
              all.put("events", evidence.events());
              all.put("retried", evidence.retried());
              all.put("cancelled", evidence.cancelled());
            });
    try {
      Files.writeString(
          folder.resolve(outcome.plan().key() + ".json"),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
    } catch (IOException e) {
      System.out.println("the evidence of " + outcome.plan().key() + " cannot be kept: " + e);
    }
  }

  synchronized int rounds() {
    return rounds;
  }

  synchronized boolean clean() {
    return faults.values().stream().allMatch(count -> count == 0);
  }

  /** Everything by name, in the order of the report. */
  synchronized Map<String, Object> numbers() {
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("runs", rounds);
    runs.forEach((state, count) -> numbers.put("- " + state, count));
    numbers.put("steps", steps.values().stream().mapToInt(count -> count).sum());
    steps.forEach((state, count) -> numbers.put("- " + state + " ", count));
    numbers.put("bytes of output compared", bytes);
    numbers.put("streams of events taken up again", resumed);
    numbers.put("longest run, s", Math.round(longest));
    return numbers;
  }

  synchronized Map<String, Long> faultNumbers() {
    Map<String, Long> numbers = new LinkedHashMap<>();
    faults.forEach((kind, count) -> numbers.put(kind.title, count));
    return numbers;
  }

  synchronized List<String> texts() {
    return List.copyOf(texts);
  }
}
