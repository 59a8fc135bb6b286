package org.runwright.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/**
 * The delegates of a rolling run. Those that count are the product's own; what asks the platform or
 * the journal is a stand-in.
 */
final class RollingStandIns {

  private static final String CHANGES =
      "(lockHost|notePackages|drainHost|undrainHost|updatePackages|stopService|startService"
          + "|unlockHost) ";

  private final RollingCount product = new RollingCount();
  private final List<String> calls;
  private final Map<String, String> hostOfPart = new HashMap<>();
  private final Set<String> undone = new HashSet<>();
  private List<List<String>> batches = List.of();
  private String refused = "";
  private boolean pooled = true;

  RollingStandIns(List<String> calls) {
    this.calls = calls;
  }

  /** The inputs of patch-hosts as its descriptor fills them in, and some of them otherwise. */
  static Map<String, Object> inputs(Map<String, Object> some) {
    Map<String, Object> all = new HashMap<>();
    all.putAll(Map.of("update", "all", "packages", List.of(), "reboot", "if-needed"));
    all.putAll(Map.of("minFree", 512, "drainLimit", "PT60S", "undrainLimit", "PT60S"));
    all.putAll(Map.of("soak", "PT30S", "rebootHold", "PT10S", "rebootWithin", "PT5M"));
    all.putAll(Map.of("errorBudget", "0", "runbookTitle", "Patch hosts"));
    all.putAll(some);
    return all;
  }

  /** Batches as texts, the hosts of one with a blank between them. Each host runs db and app. */
  void batches(String... batchesOfHosts) {
    batches = new ArrayList<>();
    for (String batch : batchesOfHosts) {
      batches.add(new ArrayList<>(List.of(batch.split(" "))));
    }
  }

  void withoutBalancer() {
    pooled = false;
  }

  /** A host that must not be touched. */
  void refuse(String host) {
    refused = host;
  }

  boolean isBegun() {
    return !batches.isEmpty();
  }

  /**
   * @return whether it is one of these delegates
   */
  boolean run(String name, DelegateExecution execution) {
    try {
      switch (name) {
        case "resolvePatch" -> resolveBatches(execution);
        case "resolveHost" -> resolveHost(execution);
        case "noteHostDone" -> product.noteHostDone().execute(execution);
        case "noteHostFailed" -> product.noteHostFailed().execute(execution);
        case "noteDecision" -> product.noteDecision().execute(execution);
        case "sumUpHosts" -> product.sumUpHosts().execute(execution);
        default -> {
          return false;
        }
      }
      return true;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void resolveBatches(DelegateExecution execution) {
    execution.setVariable("batches", batches);
    execution.setVariable("failure", null);
    RollingCount.begin(execution, batches.stream().mapToInt(List::size).sum());
  }

  private void resolveHost(DelegateExecution execution) {
    String host = (String) execution.getVariable("host");
    hostOfPart.put(execution.getProcessInstanceId(), host);
    execution.setVariable("startTargets", List.of("db@" + host, "app@" + host));
    execution.setVariable("stopTargets", List.of("app@" + host, "db@" + host));
    execution.setVariable("pooled", pooled);
    execution.setVariable("undoFailure", null);
    execution.setVariable("failure", host.equals(refused) ? "has no backup" : null);
  }

  /** One by one, latest first, of the part or of all but some parts. */
  List<List<String>> toUndo(DelegateExecution execution) {
    Set<String> kept = new HashSet<>();
    String only = hostOfPart.get(execution.getVariable("undoPart"));
    if (execution.getVariable("undoExcept") instanceof List<?> parts) {
      parts.forEach(part -> kept.add(hostOfPart.get(part)));
    }
    List<List<String>> undo = new ArrayList<>();
    for (String call : calls) {
      String host = call.substring(Math.max(call.lastIndexOf('@'), call.lastIndexOf(' ')) + 1);
      boolean wanted = execution.getVariable("undoPart") == null || host.equals(only);
      if (Pattern.compile("^" + CHANGES).matcher(call).find()
          && wanted
          && !kept.contains(host)
          && undone.add(call)) {
        undo.add(0, List.of(call));
      }
    }
    return undo;
  }
}
