package org.runwright.run;

import java.util.Collection;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Writes into the feed how a run and its steps are now. */
@Component
class FeedWriter {

  private final Feed feed;
  private final Steps steps;
  private final Runs runs;
  private final Json json;

  FeedWriter(Feed feed, Steps steps, Runs runs, Json json) {
    this.feed = feed;
    this.steps = steps;
    this.runs = runs;
    this.json = json;
  }

  void write(String runId, Collection<String> stepIds, boolean run) {
    if (!stepIds.isEmpty()) {
      for (Step step : steps.find(stepIds)) {
        feed.add(
            runId, FeedEvent.Type.STEP, Optional.of(step.id()), json.write(StepSummary.of(step)));
      }
    }
    if (run) {
      feed.add(
          runId, FeedEvent.Type.RUN, Optional.empty(), json.write(RunSummary.of(runs.get(runId))));
    }
  }
}
