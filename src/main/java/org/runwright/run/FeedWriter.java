package org.runwright.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
    List<Feed.Told> events = new ArrayList<>();
    if (!stepIds.isEmpty()) {
      for (Step step : steps.find(stepIds)) {
        String summary = json.write(StepSummary.of(step));
        events.add(new Feed.Told(FeedEvent.Type.STEP, Optional.of(step.id()), summary));
      }
    }
    if (run) {
      String summary = json.write(RunSummary.of(runs.get(runId)));
      events.add(new Feed.Told(FeedEvent.Type.RUN, Optional.empty(), summary));
    }
    feed.add(runId, events);
  }
}
