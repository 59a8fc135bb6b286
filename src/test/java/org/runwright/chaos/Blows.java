package org.runwright.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.runwright.chaos.BlowPlan.Blow;
import org.runwright.chaos.BlowPlan.Kind;
import org.runwright.chaos.BlowPlan.Lane;

/** Deals the blows, each lane in a thread of its own, and counts them. */
final class Blows {

  private final Cluster cluster;
  private final ChaosHosts hosts;
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final Set<String> killedRunners = new TreeSet<>();
  private final List<Thread> lanes = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();
  private volatile boolean wanted = true;

  Blows(Cluster cluster, ChaosHosts hosts) {
    this.cluster = cluster;
    this.hosts = hosts;
    for (Kind kind : Kind.values()) {
      counts.put(kind, 0);
    }
  }

  void start(ChaosOptions options) {
    for (int i = 0; i < cluster.nodes().size(); i++) {
      start(options, Lane.SERVER, i);
    }
    start(options, Lane.NETWORK, 0);
    start(options, Lane.SESSIONS, 0);
    start(options, Lane.RUNNER, 0);
  }

  private void start(ChaosOptions options, Lane lane, int number) {
    BlowPlan plan = new BlowPlan(options.seed(), lane, number, options.lease(), options.pace());
    Thread thread = new Thread(() -> deal(plan, number), "blows-" + lane + "-" + number);
    lanes.add(thread);
    thread.start();
  }

  /** Deals no more; returns when everything runs and is connected again. */
  void stop() {
    wanted = false;
    for (Thread lane : lanes) {
      try {
        lane.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void deal(BlowPlan plan, int number) {
    while (wanted) {
      Blow blow = plan.next();
      pauseWhileWanted(blow.pause());
      if (wanted) {
        try {
          deal(blow, number);
        } catch (IOException | RuntimeException | InterruptedException e) {
          troubles.add(blow + ": " + e);
          wanted = false;
        }
      }
    }
  }

  private void pauseWhileWanted(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    while (wanted && System.nanoTime() < end) {
      Waiting.pause(Duration.ofMillis(100));
    }
  }

  private void deal(Blow blow, int number) throws IOException, InterruptedException {
    String host = hosts.names().get(blow.choice() % hosts.names().size());
    switch (blow.kind()) {
      case SERVER_KILLED -> killServer(cluster.nodes().get(number), blow.length());
      case SERVER_STOPPED -> stopServer(cluster.nodes().get(number), blow.length());
      case NETWORK_CUT -> cut(host, blow.length());
      case SESSIONS_KILLED -> {
        if (hosts.killSessions(host, blow.choice() % 3 == 0)) {
          count(Kind.SESSIONS_KILLED);
        }
      }
      case RUNNER_KILLED -> killRunner(host);
    }
  }

  private void killServer(Cluster.Node node, Duration length)
      throws IOException, InterruptedException {
    node.asked().set(false);
    node.server().kill();
    count(Kind.SERVER_KILLED);
    Waiting.pause(length);
    node.server().restart();
    node.asked().set(true);
  }

  /** Requests still go to it: the kernel accepts them, and they time out. */
  private void stopServer(Cluster.Node node, Duration length) {
    node.server().suspend();
    try {
      count(Kind.SERVER_STOPPED);
      Waiting.pause(length);
    } finally {
      node.server().resume();
    }
  }

  private void cut(String host, Duration length) {
    hosts.cut(host);
    try {
      count(Kind.NETWORK_CUT);
      Waiting.pause(length);
    } finally {
      hosts.heal(host);
    }
  }

  /** Who judges waits for it, so that no victim is judged before it is known. */
  private synchronized void killRunner(String host) {
    hosts
        .killARunner(host)
        .ifPresent(
            token -> {
              killedRunners.add(token);
              count(Kind.RUNNER_KILLED);
            });
  }

  private synchronized void count(Kind kind) {
    counts.merge(kind, 1, Integer::sum);
  }

  synchronized Set<String> killedRunners() {
    return Set.copyOf(killedRunners);
  }

  synchronized Map<Kind, Integer> counts() {
    return new EnumMap<>(counts);
  }

  /** What kept the harness itself from its work. */
  List<String> troubles() {
    return List.copyOf(troubles);
  }
}
