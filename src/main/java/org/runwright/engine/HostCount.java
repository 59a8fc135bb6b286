package org.runwright.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.runwright.run.Step;
import org.runwright.run.StepState;
import org.runwright.step.ErrorBudget;
import org.runwright.step.StepRefused;

/**
 * Which hosts of a run went wrong so far, by the newest step of each.
 *
 * @param batch the hosts of the batch that was run last
 * @param begun the hosts of this batch and those before
 * @param all the hosts of every batch
 * @param steps the newest step by host
 * @param refusal why hosts have no step
 */
record HostCount(
    List<String> batch,
    List<String> begun,
    int all,
    Map<String, Step> steps,
    Optional<String> refusal) {

  private static final int HOSTS_NAMED = 50;

  /**
   * @param journal the steps of the run in their order
   * @param execution in the loop over {@code batches}
   */
  static HostCount of(List<Step> journal, DelegateExecution execution) {
    List<List<String>> batches = batches(execution.getVariable(Variables.BATCHES));
    int round = (Integer) execution.getVariable("loopCounter");
    Map<String, Step> newest = new HashMap<>();
    journal.forEach(step -> newest.put(step.prepared().host(), step));
    return new HostCount(
        batches.get(round),
        batches.subList(0, round + 1).stream().flatMap(List::stream).toList(),
        batches.stream().mapToInt(List::size).sum(),
        newest,
        Optional.ofNullable(execution.getVariable(Variables.FAILURE_MESSAGE))
            .map(Object::toString));
  }

  private static List<List<String>> batches(Object value) {
    if (!(value instanceof Collection<?> batches)) {
      throw new StepRefused("the process has no batches of hosts");
    }
    List<List<String>> read = new ArrayList<>();
    for (Object batch : batches) {
      read.add(((Collection<?>) batch).stream().map(Object::toString).toList());
    }
    return read;
  }

  /** Hosts that failed, could not be reached, whose outcome is unknown, or that were refused. */
  List<String> bad() {
    return begun.stream().filter(this::isBad).toList();
  }

  List<String> badOfBatch() {
    return batch.stream().filter(this::isBad).toList();
  }

  private boolean isBad(String host) {
    Step step = steps.get(host);
    return step == null || step.state() != StepState.SUCCEEDED && step.state() != StepState.SKIPPED;
  }

  /**
   * Whether the next batch may begin: a percent is of the hosts of a batch, as in Ansible, so that
   * a first batch of few hosts is no small part of all; a number is of hosts of the whole run.
   */
  boolean isWithin(ErrorBudget budget) {
    int badNow = badOfBatch().size();
    return badNow == 0
        || !budget.exceededBy(badNow, batch.size()) && !budget.exceededBy(bad().size(), all);
  }

  /** In one line, with the names of the hosts. */
  String message() {
    List<String> unknown =
        bad().stream().filter(host -> stateOf(host).equals(StepState.UNKNOWN.name())).toList();
    List<String> failed = bad().stream().filter(host -> !unknown.contains(host)).toList();
    List<String> parts = new ArrayList<>();
    if (!failed.isEmpty()) {
      parts.add("%d of %d hosts failed (%s)".formatted(failed.size(), all, names(failed)));
    }
    if (!unknown.isEmpty()) {
      parts.add(
          "the outcome of %d of %d hosts is unknown (%s)"
              .formatted(unknown.size(), all, names(unknown)));
    }
    if (begun.size() < all) {
      parts.add("%d were not begun".formatted(all - begun.size()));
    }
    return String.join("; ", parts);
  }

  /** Why, one line for each host that went wrong in the batch. */
  String reasons() {
    return badOfBatch().stream()
        .map(host -> host + ": " + reason(host))
        .collect(Collectors.joining("\n"));
  }

  private String reason(String host) {
    Step step = steps.get(host);
    return step == null
        ? refusal.orElse("not begun")
        : step.message().orElse(stateOf(host).toLowerCase(java.util.Locale.ROOT));
  }

  private String stateOf(String host) {
    Step step = steps.get(host);
    return step == null ? "" : step.state().name();
  }

  private static String names(List<String> hosts) {
    return String.join(", ", hosts.subList(0, Math.min(hosts.size(), HOSTS_NAMED)))
        + (hosts.size() > HOSTS_NAMED ? ", …" : "");
  }
}
