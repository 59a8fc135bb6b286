package org.runwright.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.runwright.platform.Host;
import org.runwright.ssh.Observation.Progress.Exited;
import org.runwright.ssh.Observation.Progress.Lost;
import org.runwright.ssh.Observation.Progress.NeverBegan;
import org.runwright.ssh.Observation.Progress.Running;
import org.runwright.ssh.Observation.Progress.Unclaimed;

/**
 * Kills connections, sshd sessions, the channel's shells and runners at random moments, attaches
 * again, and compares with a ledger to which every command writes. {@code -Dchaos.rounds=500} and
 * {@code -Dchaos.seed=7} make it longer or repeat it.
 */
@Tag("lab")
class ChaosLabTest {

  private static final int ROUNDS = Integer.getInteger("chaos.rounds", 60);
  private static final long SEED = Long.getLong("chaos.seed", 4711L);
  private static final int LOOKS = 400;
  private static final String LEDGER = "/var/tmp/runwright-chaos-ledger";

  private enum Blow {
    CONNECTION,
    SESSION,
    SHELLS,
    RUNNER
  }

  private final List<Host> hosts = List.of(LabHosts.ops(LabHosts.DB), LabHosts.ops(LabHosts.APP));
  private final Map<Blow, AtomicInteger> blows = new EnumMap<>(Blow.class);
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger never = new AtomicInteger();
  private SshRemoteCommands hands;

  @BeforeEach
  void open() {
    Arrays.stream(Blow.values()).forEach(blow -> blows.put(blow, new AtomicInteger()));
    hands = LabHosts.commands(LabHosts.settings(LabHosts.KNOWN_HOSTS));
    hosts.forEach(
        host -> root(host, "rm -f " + LEDGER + "; : >" + LEDGER + "; chmod 666 " + LEDGER));
  }

  @AfterEach
  void close() {
    hands.destroy();
  }

  @Test
  void no_token_runs_twice_and_only_killed_runners_lose_their_end() throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> rounds =
          IntStream.range(0, ROUNDS).<Callable<Void>>mapToObj(i -> () -> round(i)).toList();
      for (Future<Void> round : workers.invokeAll(rounds)) {
        round.get();
      }
    } finally {
      workers.shutdownNow();
    }
    for (Host host : hosts) {
      if (!root(host, "sort " + LEDGER + " | uniq -d").isEmpty()) {
        faults.add("executed twice on " + host.name());
      }
    }
    System.out.printf(
        "chaos: %d rounds, blows %s, lost %s, never began %s, faults %s%n",
        ROUNDS, blows, lost, never, faults);
    assertThat(faults).isEmpty();
  }

  private Void round(int number) {
    Random random = new Random(SEED * 31 + number);
    Host host = hosts.get(number % hosts.size());
    Token token = new Token("chaos-" + Long.toHexString(System.nanoTime()) + "-" + number);
    int lines = 5 + random.nextInt(40);
    int code = List.of(0, 1, 42, 137).get(random.nextInt(4));
    boolean become = random.nextInt(4) == 0;
    String script =
        "echo %s >>%s; i=0; while [ $i -lt %d ]; do i=$((i+1)); echo \"line $i\"; [ $((i%%5)) != 0 ] || echo \"err $i\" >&2; sleep 0.03; done; exit %d"
            .formatted(token.value(), LEDGER, lines, code);
    Seen seen = new Seen();
    boolean runnerKilled = false;
    SshRemoteCommands mine = LabHosts.commands(LabHosts.settings(LabHosts.KNOWN_HOSTS));
    try {
      for (int look = 0; look < LOOKS && !seen.ended; look++) {
        Blow blow = look < 1 + random.nextInt(3) ? pick(random) : null;
        Future<?> blowing = blow == null ? null : blow(blow, host, token, mine, random);
        runnerKilled |= blow == Blow.RUNNER;
        try {
          look(mine, host, token, new RemoteCommand(script, List.of(), become), random, seen);
        } catch (SshFailure e) {
          seen.failures++; // the next look is always right
        }
        finish(blowing);
        if (blow == Blow.CONNECTION) {
          mine.destroy();
          mine = LabHosts.commands(LabHosts.settings(LabHosts.KNOWN_HOSTS));
        }
      }
    } finally {
      mine.destroy();
    }
    judge(token, host, seen, runnerKilled, lines, code);
    return null;
  }

  private static Blow pick(Random random) {
    int dice = random.nextInt(10);
    return dice < 4
        ? Blow.CONNECTION
        : dice < 6 ? Blow.SESSION : dice < 9 ? Blow.SHELLS : Blow.RUNNER;
  }

  private static final class Seen {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    Observation.Progress progress = new Unclaimed();
    boolean ended;
    int failures;
  }

  private static void look(
      SshRemoteCommands mine,
      Host host,
      Token token,
      RemoteCommand command,
      Random random,
      Seen seen) {
    if (seen.progress instanceof Unclaimed || random.nextInt(4) == 0) {
      Duration patience = Duration.ofMillis(10 + random.nextInt(600));
      seen.progress = mine.launch(host, token, command, Optional.empty(), patience).progress();
    }
    Observation now = mine.observe(host, token, new Offsets(seen.out.size(), seen.err.size()));
    seen.out.writeBytes(now.out());
    seen.err.writeBytes(now.err());
    seen.progress = now.progress();
    seen.ended =
        now.complete()
            && !(now.progress() instanceof Running)
            && !(now.progress() instanceof Unclaimed);
  }

  private Future<?> blow(Blow blow, Host host, Token token, SshRemoteCommands mine, Random random) {
    blows.get(blow).incrementAndGet();
    Duration delay = Duration.ofMillis(random.nextInt(random.nextBoolean() ? 40 : 700));
    String shells = "pids=$(pgrep -f 'runwright (launch|observe) " + token.value() + "')";
    String text =
        switch (blow) {
          case CONNECTION -> "";
          case SESSION ->
              shells + "; for p in $pids; do kill -9 $(ps -o ppid= -p $p | grep -vw 1); done";
          case SHELLS ->
              shells
                  + "; r=$(cut -d' ' -f1 ~ops/.runwright/"
                  + token.value()
                  + ".run 2>/dev/null);"
                  + " for p in $pids; do [ $p = \"$r\" ] || [ $((p % 2)) = "
                  + random.nextInt(2)
                  + " ] || kill -9 $p; done";
          case RUNNER -> "kill -9 $(cut -d' ' -f1 ~ops/.runwright/" + token.value() + ".run)";
        };
    ExecutorService one = Executors.newSingleThreadExecutor();
    Future<?> blowing =
        one.submit(
            () -> {
              if (blow == Blow.CONNECTION) {
                java.util.concurrent.locks.LockSupport.parkNanos(delay.toNanos());
                mine.destroy();
              } else {
                root(
                    host, "sleep " + delay.toMillis() / 1000.0 + "; { " + text + "; } 2>/dev/null");
              }
            });
    one.shutdown();
    return blowing;
  }

  private static void finish(Future<?> blowing) {
    try {
      if (blowing != null) {
        blowing.get();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void judge(Token token, Host host, Seen seen, boolean runnerKilled, int lines, int code) {
    String count = root(host, "grep -cx " + token.value() + " " + LEDGER + "; :").strip();
    String out = lines(lines, 1, "line ");
    String err = lines(lines, 5, "err ");
    String gotOut = seen.out.toString(StandardCharsets.UTF_8);
    String gotErr = seen.err.toString(StandardCharsets.UTF_8);
    String about =
        token.value() + " " + seen.progress + " ledger " + count + " killed " + runnerKilled;
    boolean whole = gotOut.equals(out) && gotErr.equals(err);
    boolean right =
        seen.progress.equals(new Exited(code, "")) && whole && count.equals("1")
            || seen.progress instanceof Lost && runnerKilled && out.startsWith(gotOut)
            || seen.progress instanceof NeverBegan && count.equals("0");
    lost.addAndGet(seen.progress instanceof Lost ? 1 : 0);
    never.addAndGet(seen.progress instanceof NeverBegan ? 1 : 0);
    if (!right) {
      faults.add(about + " out " + gotOut.length() + "/" + out.length() + " err " + gotErr);
    }
  }

  private static String lines(int upTo, int step, String word) {
    return IntStream.rangeClosed(1, upTo)
        .filter(i -> i % step == 0)
        .mapToObj(i -> word + i + "\n")
        .collect(Collectors.joining());
  }

  private String root(Host host, String script) {
    Token token = new Token("chaos-" + Long.toHexString(new Random().nextLong()));
    Observation seen =
        hands.launch(
            LabHosts.deploy(host.address(), "deploy-secret"),
            token,
            new RemoteCommand(script, List.of(), true),
            Optional.empty(),
            Duration.ofSeconds(30));
    return new String(seen.out(), StandardCharsets.UTF_8);
  }
}
