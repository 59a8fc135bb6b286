package org.runwright.api;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.runwright.run.Journal;
import org.runwright.run.Run;
import org.runwright.run.RunRefused;
import org.runwright.run.RunSummary;
import org.runwright.run.Runs;
import org.runwright.run.StepSummary;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads a run with its steps as they are at one moment. */
@Service
@Transactional(readOnly = true)
class RunReader {

  private final Runs runs;
  private final Journal journal;

  RunReader(Runs runs, Journal journal) {
    this.runs = runs;
    this.journal = journal;
  }

  /**
   * @throws RunRefused if there is no such run
   */
  RunDetails details(String runId) {
    Run run = runs.get(runId);
    List<StepSummary> steps = journal.of(runId).stream().map(StepSummary::of).toList();
    return new RunDetails(RunSummary.of(run), steps);
  }

  /** What the steps of a run are called, by id. */
  Map<String, String> titles(String runId) {
    return journal.of(runId).stream()
        .map(StepSummary::of)
        .collect(Collectors.toMap(StepSummary::id, StepSummary::title));
  }

  /**
   * @throws RunRefused if there is no such step in that run
   */
  void mustHaveStep(String runId, String stepId) {
    if (journal.find(stepId).filter(step -> step.runId().equals(runId)).isEmpty()) {
      throw new RunRefused(RunRefused.Cause.NOT_FOUND, "run " + runId + " has no step " + stepId);
    }
  }
}
