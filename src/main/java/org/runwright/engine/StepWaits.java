package org.runwright.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.runwright.run.Feed;
import org.runwright.run.FeedEvent;
import org.runwright.run.Journal;
import org.runwright.run.Parallelism;
import org.runwright.run.Step;
import org.runwright.run.StepState;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Moves the process when the steps have ended that it waits for with one element. Called under the
 * lock of the run's row, in the transaction that ends the step.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class StepWaits {

  private static final int HOSTS_NAMED = 5;
  private static final int LAST_EVENTS = 20;

  private final Journal journal;
  private final Parallelism parallelism;
  private final Feed feed;
  private final WaitTasks tasks;
  private final CaughtErrors caught;
  private final WorkerBell bell;

  StepWaits(
      Journal journal,
      Parallelism parallelism,
      Feed feed,
      WaitTasks tasks,
      CaughtErrors caught,
      WorkerBell bell) {
    this.journal = journal;
    this.parallelism = parallelism;
    this.feed = feed;
    this.tasks = tasks;
    this.caught = caught;
    this.bell = bell;
  }

  /**
   * A step has ended. Once no other is to come: the process moves on if all went well, goes the way
   * of the error if it catches it, and stands otherwise.
   */
  void settle(Step ended) {
    String activity = ended.engineWait().activity();
    if (journal.anyUnfinished(activity)) {
      if (parallelism.fileNext(ended.engineWait())) {
        bell.ringOnCommit();
      }
      return;
    }
    String task = ended.engineWait().task();
    Optional<String> execution = tasks.execution(task);
    if (execution.isEmpty()) {
      return;
    }
    List<Step> steps = journal.latest(activity);
    List<Step> troubled =
        steps.stream().filter(step -> isIn(step, StepState.FAILED, StepState.UNKNOWN)).toList();
    if (troubled.isEmpty()) {
      tasks.complete(task, Map.of("result", result(steps)));
    } else if (caught.isCaught(execution.get(), errorOf(troubled))) {
      tasks.error(
          task,
          errorOf(troubled),
          Texts.head(message(troubled, steps.size())),
          Map.of(Variables.CHECK_OUTPUT, lastLines(troubled.get(0))));
    } else {
      troubled.forEach(step -> journal.awaitPerson(step, true));
      tasks.stand(task, message(troubled, steps.size()));
    }
  }

  /**
   * A person wants the step tried again: only this one, not its neighbours.
   *
   * @return whether the process waits for it
   */
  boolean retry(Step step) {
    if (tasks.execution(step.engineWait().task()).isEmpty()) {
      return false;
    }
    again(step);
    resolveIfNothingWaits(step);
    return true;
  }

  /**
   * A person lets the process go on as if the step had succeeded.
   *
   * @return whether the process waits for it
   */
  boolean skip(Step step) {
    journal.skip(step);
    if (tasks.execution(step.engineWait().task()).isEmpty()) {
      return false;
    }
    resolveIfNothingWaits(step);
    settle(step);
    return true;
  }

  /** The incident of an element was resolved: all its steps that wait are tried again. */
  void retryWaiting(String activity) {
    journal.latest(activity).stream().filter(Step::awaitsPerson).forEach(this::again);
  }

  private void again(Step step) {
    if (step.state() == StepState.UNKNOWN) {
      journal.reopen(step);
    } else {
      journal.tryAgain(step);
    }
    bell.ringOnCommit();
  }

  private void resolveIfNothingWaits(Step step) {
    if (journal.latest(step.engineWait().activity()).stream().noneMatch(Step::awaitsPerson)) {
      tasks.resolve(step.engineWait().task());
    }
  }

  /** An unknown outcome is an error of its own: a process that does not know it stands. */
  private static String errorOf(List<Step> troubled) {
    return troubled.stream().allMatch(step -> isIn(step, StepState.FAILED))
        ? Variables.STEP_FAILED
        : Variables.OUTCOME_UNKNOWN;
  }

  private static boolean isIn(Step step, StepState... states) {
    return List.of(states).contains(step.state());
  }

  private static Map<String, Object> result(List<Step> steps) {
    Map<String, Object> result = new HashMap<>();
    if (steps.size() == 1) {
      result.putAll(steps.get(0).values());
      steps.get(0).changed().ifPresent(changed -> result.put("changed", changed));
    } else {
      result.put("hosts", steps.size());
      result.put("changed", steps.stream().anyMatch(step -> step.changed().orElse(false)));
    }
    return result;
  }

  private static String message(List<Step> troubled, int all) {
    String first = troubled.get(0).message().orElse("failed");
    if (all == 1) {
      return first;
    }
    String hosts =
        troubled.stream()
            .limit(HOSTS_NAMED)
            .map(step -> step.prepared().host())
            .collect(Collectors.joining(", "));
    return "%d of %d hosts failed (%s%s); the first: %s"
        .formatted(troubled.size(), all, hosts, troubled.size() > HOSTS_NAMED ? ", …" : "", first);
  }

  private String lastLines(Step step) {
    return Texts.tail(
        feed.lastOutput(step.id(), LAST_EVENTS).stream()
            .map(FeedEvent::body)
            .collect(Collectors.joining()));
  }
}
