package org.runwright.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One run as it is asked for; the same for the same seed.
 *
 * @param runbook which descriptor: they differ in their locks
 * @param wide steps side by side
 * @param chain steps one after the other, beside them
 * @param last the step after both
 * @param undoOnFailure whether the run is undone once a step has failed
 * @param cancel when it is cancelled, counted from its acceptance
 */
record RoundPlan(
    int number,
    String runbook,
    List<PlannedStep> wide,
    List<PlannedStep> chain,
    PlannedStep last,
    boolean undoOnFailure,
    Optional<Cancel> cancel) {

  /** Descriptors by name, and the locks of each. */
  static final Map<String, List<String>> RUNBOOKS =
      Map.of(
          "chaos-free", List.of(),
          "chaos-a", List.of("a"),
          "chaos-b", List.of("b"),
          "chaos-ab", List.of("a", "b"));

  private static final List<String> LOCKED = List.of("chaos-a", "chaos-b", "chaos-ab");

  /** A cancel, and whether it undoes. */
  record Cancel(Duration after, boolean compensate) {}

  /**
   * One step.
   *
   * @param pause seconds of sleep after every ten lines, as text
   * @param lines on standard output; a third as many on standard error
   * @param code its exit code
   */
  record PlannedStep(
      String host, String name, String pause, int lines, int code, boolean becomeRoot) {

    String spec() {
      return "%s %s %s %d %d %s"
          .formatted(host, name, pause, lines, code, becomeRoot ? "root" : "self");
    }

    String expectedOut() {
      return lines("out", 1);
    }

    String expectedErr() {
      return lines("err", 3);
    }

    private String lines(String word, int every) {
      return IntStream.rangeClosed(1, lines)
          .filter(i -> i % every == 0)
          .mapToObj(i -> word + " " + i + " " + name + "\n")
          .collect(Collectors.joining());
    }
  }

  static RoundPlan of(long seed, int number, List<String> hosts) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    List<PlannedStep> wide = steps("w", 2 + random.nextInt(4), random, hosts);
    List<PlannedStep> chain = steps("c", 1 + random.nextInt(3), random, hosts);
    PlannedStep last = steps("l", 1, random, hosts).get(0);
    boolean locked = random.nextInt(10) < 3;
    return new RoundPlan(
        number,
        locked ? LOCKED.get(random.nextInt(LOCKED.size())) : "chaos-free",
        wide,
        chain,
        last,
        random.nextInt(4) == 0,
        random.nextInt(5) == 0
            ? Optional.of(
                new Cancel(Duration.ofMillis(300 + random.nextInt(6000)), random.nextInt(4) != 0))
            : Optional.empty());
  }

  private static List<PlannedStep> steps(
      String prefix, int count, SplittableRandom random, List<String> hosts) {
    List<PlannedStep> steps = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      boolean chatty = random.nextInt(12) == 0;
      steps.add(
          new PlannedStep(
              hosts.get(random.nextInt(hosts.size())),
              prefix + i,
              chatty ? "0" : List.of("0", "0.2", "0.6", "1.2").get(random.nextInt(4)),
              chatty ? 3000 : 5 + random.nextInt(40),
              List.of(0, 0, 0, 0, 0, 0, 0, 1, 42, 3).get(random.nextInt(10)),
              random.nextInt(3) == 0));
    }
    return steps;
  }

  Stream<PlannedStep> steps() {
    return Stream.of(wide.stream(), chain.stream(), Stream.of(last)).flatMap(steps -> steps);
  }

  /** Of what it is known by everywhere: in the request, on the hosts, in file names. */
  String key() {
    return "round-" + number;
  }
}
