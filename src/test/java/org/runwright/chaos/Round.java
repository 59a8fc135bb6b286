package org.runwright.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.runwright.chaos.Evidence.Kept;
import org.runwright.chaos.Evidence.StepRow;
import org.runwright.chaos.RoundPlan.PlannedStep;

/** Drives one run from the request to its end, as a person and their tools would. */
final class Round {

  private static final Duration LOOK_EVERY = Duration.ofMillis(700);
  private static final Duration ANSWER = Duration.ofSeconds(150);
  private static final Duration LAST_EVENTS = Duration.ofSeconds(30);

  private final RoundPlan plan;
  private final Cluster cluster;
  private final ChaosHosts hosts;
  private final Blows blows;
  private final Duration limit;
  private final List<String> retried = new ArrayList<>();
  private final Set<String> decided = new HashSet<>();
  private boolean cancelAsked;
  private boolean cancelled;

  Round(RoundPlan plan, Cluster cluster, ChaosHosts hosts, Blows blows, Duration limit) {
    this.plan = plan;
    this.cluster = cluster;
    this.hosts = hosts;
    this.blows = blows;
    this.limit = limit;
  }

  /**
   * What became of it.
   *
   * @param evidence empty if the run got stuck
   * @param seconds from the request to the end
   * @param resumed how often its stream of events was taken up again
   */
  record Outcome(
      RoundPlan plan,
      String runId,
      Optional<Evidence> evidence,
      List<Fault> faults,
      JsonNode lastSeen,
      double seconds,
      int resumed) {}

  Outcome drive() {
    long begun = System.nanoTime();
    String id = submit();
    Follower follower = new Follower(cluster, id);
    Thread following = new Thread(follower, plan.key() + "-follower");
    following.setDaemon(true);
    following.start();
    JsonNode run = awaitEnd(id, begun);
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (!Evidence.ended(run.path("state").asText())) {
      follower.giveUp();
      Fault stuck =
          Fault.of(
              Fault.Kind.STUCK,
              "%s: run %s is %s after %.0f s: %s"
                  .formatted(
                      plan.key(), id, run.path("state"), seconds, run.path("waitsFor").asText()));
      return new Outcome(
          plan, id, Optional.empty(), List.of(stuck), run, seconds, follower.resumed());
    }
    List<Fault> faults = new ArrayList<>();
    awaitLastEvents(follower, id, faults);
    Evidence evidence = gather(run, follower);
    faults.addAll(Judge.judge(plan, evidence));
    return new Outcome(plan, id, Optional.of(evidence), faults, run, seconds, follower.resumed());
  }

  private String submit() {
    Map<String, Object> inputs = new HashMap<>();
    inputs.put("wide", plan.wide().stream().map(PlannedStep::spec).toList());
    inputs.put("chain", plan.chain().stream().map(PlannedStep::spec).toList());
    inputs.put("last", plan.last().spec());
    inputs.put("ledger", ChaosHosts.ledger(plan));
    inputs.put("undoOnFailure", plan.undoOnFailure());
    Cluster.Answer answer =
        cluster.post(
            "/api/runbooks/" + plan.runbook() + "/runs",
            Map.of("inputs", inputs, "reason", plan.key()),
            plan.key(),
            ANSWER);
    if (answer.status() != 202) {
      throw new IllegalStateException("the request was refused: " + answer);
    }
    return answer.json().get("id").asText();
  }

  /** Looks until the run has ended or stood still for too long; cancels and decides meanwhile. */
  private JsonNode awaitEnd(String id, long begun) {
    JsonNode before = NullNode.getInstance();
    long moved = begun;
    while (true) {
      JsonNode run = cluster.get("/api/runs/" + id, ANSWER).json();
      long now = System.nanoTime();
      if (!run.equals(before)) {
        before = run;
        moved = now;
      }
      if (Evidence.ended(run.path("state").asText()) || now - moved > limit.toNanos()) {
        return run;
      }
      long passed = now - begun;
      plan.cancel()
          .filter(cancel -> !cancelAsked && passed > cancel.after().toNanos())
          .ifPresent(cancel -> cancel(id, cancel));
      run.path("steps").forEach(step -> decide(id, step));
      Waiting.pause(LOOK_EVERY);
    }
  }

  private void cancel(String id, RoundPlan.Cancel cancel) {
    cancelAsked = true;
    Cluster.Answer answer =
        cluster.post(
            "/api/runs/" + id + "/cancel",
            Map.of("reason", "chaos", "compensate", cancel.compensate()),
            plan.key() + "-cancel",
            ANSWER);
    // A repeated request of which the first answer was lost is refused, too.
    cancelled = answer.status() == 202 || answer.status() == 409 && wasCancelled(id);
  }

  private boolean wasCancelled(String id) {
    return cluster.get("/api/runs/" + id, ANSWER).json().has("cancelledBy");
  }

  /** A step of unknown outcome waits for a person: every other one is tried again. */
  private void decide(String id, JsonNode step) {
    StepRow row = StepRow.of(step);
    if (!step.path("awaitsPerson").asBoolean() || !decided.add(row.id())) {
      return;
    }
    boolean retry = (plan.number() + decided.size()) % 2 == 0;
    if (retry) {
      retried.add(row.name());
    }
    cluster.post(
        "/api/runs/%s/steps/%s/%s".formatted(id, row.id(), retry ? "retry" : "skip"),
        Map.of("reason", "chaos"),
        plan.key() + "-" + row.id(),
        ANSWER);
  }

  private static void awaitLastEvents(Follower follower, String id, List<Fault> faults) {
    long end = System.nanoTime() + LAST_EVENTS.toNanos();
    while (!follower.ended() && System.nanoTime() < end) {
      Waiting.pause(Duration.ofMillis(50));
    }
    if (!follower.ended()) {
      faults.add(Fault.of(Fault.Kind.STUCK, "the events of run " + id + " do not end"));
    }
    follower.giveUp();
  }

  private Evidence gather(JsonNode run, Follower follower) {
    Map<String, String> logs = new HashMap<>();
    Map<String, Kept> kept = new HashMap<>();
    for (JsonNode step : run.path("steps")) {
      StepRow row = StepRow.of(step);
      String path = "/api/runs/%s/log?step=%s".formatted(run.path("id").asText(), row.id());
      logs.put(row.id(), cluster.get(path, ANSWER).body());
      kept.put(
          row.id(),
          new Kept(
              hosts.output(row.host(), row.id(), "out"),
              hosts.output(row.host(), row.id(), "err")));
    }
    return new Evidence(
        run,
        logs,
        follower.events(),
        hosts.readLedger(plan),
        kept,
        blows.killedRunners(),
        retried,
        cancelled,
        hosts.processes(plan));
  }
}
