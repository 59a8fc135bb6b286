package org.runwright.chaos;

import java.time.Duration;
import java.util.SplittableRandom;

/** The blows of one lane, which fall one after the other; the same for the same seed. */
final class BlowPlan {

  /** What may be beaten. */
  enum Kind {
    SERVER_KILLED("SIGKILL of a server, and its start"),
    SERVER_STOPPED("SIGSTOP of a server beyond the lease, then SIGCONT"),
    NETWORK_CUT("packets to a host dropped"),
    SESSIONS_KILLED("sshd's sessions killed"),
    RUNNER_KILLED("a command's runner killed");

    final String title;

    Kind(String title) {
      this.title = title;
    }
  }

  /** What is beaten in one lane: each server, and everything else, has its own. */
  enum Lane {
    SERVER,
    NETWORK,
    SESSIONS,
    RUNNER
  }

  /**
   * One blow.
   *
   * @param pause since the end of the blow before it
   * @param length how long the cut, the stop or the death lasts
   * @param choice a number to choose a host or victim by
   */
  record Blow(Kind kind, Duration pause, Duration length, int choice) {}

  private final Lane lane;
  private final SplittableRandom random;
  private final Duration lease;
  private final double pace;
  private final int number;
  private int dealt;

  BlowPlan(long seed, Lane lane, int number, Duration lease, double pace) {
    this.lane = lane;
    this.random = new SplittableRandom(seed * 31 + lane.ordinal() * 7L + number * 1009L);
    this.lease = lease;
    this.pace = pace;
    this.number = number;
  }

  Blow next() {
    return switch (lane) {
      case SERVER -> {
        // Both kinds at once, whatever the length; each server begins with another.
        boolean first = dealt < 2;
        boolean kill = first ? (dealt + number) % 2 == 0 : random.nextInt(5) < 3;
        dealt++;
        yield new Blow(
            kill ? Kind.SERVER_KILLED : Kind.SERVER_STOPPED,
            first ? between(1500, 4000) : between(3000, 10_000),
            kill ? millis(0, 2500) : lease.plus(millis(500, 4000)),
            0);
      }
      case NETWORK ->
          new Blow(Kind.NETWORK_CUT, between(1000, 4000), millis(500, 7000), random.nextInt(1000));
      case SESSIONS ->
          new Blow(Kind.SESSIONS_KILLED, between(300, 1500), Duration.ZERO, random.nextInt(1000));
      case RUNNER ->
          new Blow(Kind.RUNNER_KILLED, between(4000, 12_000), Duration.ZERO, random.nextInt(1000));
    };
  }

  private Duration between(int from, int to) {
    return Duration.ofMillis(Math.round(pace * millis(from, to).toMillis()));
  }

  private Duration millis(int from, int to) {
    return Duration.ofMillis(from + random.nextInt(to - from));
  }
}
