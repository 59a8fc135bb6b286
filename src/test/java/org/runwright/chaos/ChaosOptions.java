package org.runwright.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is asked of the harness.
 *
 * @param rounds how many runs
 * @param seed of the plan
 * @param nodes servers on one database, 1 or 2
 * @param postgresql else H2
 * @param parallel runs in flight
 * @param lease of a step, short so that takeovers are frequent
 * @param limit after which a run that stands still counts as stuck
 * @param pace multiplies the pauses between the blows
 * @param json where the numbers go
 */
record ChaosOptions(
    int rounds,
    long seed,
    int nodes,
    boolean postgresql,
    int parallel,
    Duration lease,
    Duration limit,
    double pace,
    Optional<Path> json) {

  static final String HELP =
      """
      usage: scripts/chaos [OPTION..]

      Drives runs over the real hosts of scripts/lab while it kills and stops servers, kills sshd's sessions, cuts
      hosts off the network and kills runners, then compares what the hosts noted with what the journal says.
      Exit code 1 if any count that has to be zero is not, 2 if it could not be done.

        --rounds N         runs in all                          [30]
        --seed S           of the plan of runs and blows        [random, printed]
        --nodes 1|2        servers on one database              [1; 2 need postgresql]
        --database h2|postgresql                                [h2]
        --parallel P       runs in flight                       [6]
        --lease D          runwright.worker.lease               [PT5S]
        --limit D          a run counts as stuck that long still [PT3M]
        --pace F           multiplies the pauses between blows  [1.0]
        --json FILE        the numbers, for machines

      The same seed makes the same runs and the same order of blows; when each falls depends on the machine.
      The logs and, of each faulty run, everything known about it are kept in target/chaos/DATABASE-NODES.
      Needs root and the lab (scripts/lab up); for postgresql that package.
      """;

  /** What was asked for cannot be. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message);
    }
  }

  static ChaosOptions parse(String... arguments) {
    ChaosOptions options =
        new ChaosOptions(
            30,
            System.nanoTime() % 1_000_000,
            1,
            false,
            6,
            Duration.ofSeconds(5),
            Duration.ofMinutes(3),
            1.0,
            Optional.empty());
    for (int i = 0; i < arguments.length; i += 2) {
      if (i + 1 == arguments.length) {
        throw new Wrong(arguments[i] + " wants a value");
      }
      try {
        options = options.with(arguments[i], arguments[i + 1]);
      } catch (NumberFormatException | java.time.format.DateTimeParseException e) {
        throw new Wrong(arguments[i] + " cannot be " + arguments[i + 1]);
      }
    }
    return options.checked();
  }

  private ChaosOptions with(String name, String value) {
    int r = name.equals("--rounds") ? Integer.parseInt(value) : rounds;
    long s = name.equals("--seed") ? Long.parseLong(value) : seed;
    int n = name.equals("--nodes") ? Integer.parseInt(value) : nodes;
    int p = name.equals("--parallel") ? Integer.parseInt(value) : parallel;
    Duration le = name.equals("--lease") ? Duration.parse(value) : lease;
    Duration li = name.equals("--limit") ? Duration.parse(value) : limit;
    double f = name.equals("--pace") ? Double.parseDouble(value) : pace;
    Optional<Path> j = name.equals("--json") ? Optional.of(Path.of(value)) : json;
    boolean pg = name.equals("--database") ? isPostgresql(value) : postgresql;
    if (!HELP.contains("  " + name + " ")) {
      throw new Wrong("there is no option " + name);
    }
    return new ChaosOptions(r, s, n, pg, p, le, li, f, j);
  }

  private static boolean isPostgresql(String value) {
    if (!value.equals("h2") && !value.equals("postgresql")) {
      throw new Wrong("--database is h2 or postgresql");
    }
    return value.equals("postgresql");
  }

  private ChaosOptions checked() {
    if (rounds < 1 || parallel < 1 || nodes < 1 || nodes > 2 || pace <= 0) {
      throw new Wrong("--rounds, --parallel and --pace are above zero, --nodes is 1 or 2");
    }
    if (nodes == 2 && !postgresql) {
      throw new Wrong("two nodes need --database postgresql");
    }
    return this;
  }

  String name() {
    return (postgresql ? "postgresql" : "h2") + "-" + nodes;
  }
}
