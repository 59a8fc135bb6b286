package org.runwright.run;

import java.util.ArrayList;
import java.util.List;
import org.runwright.secret.Mask;
import org.runwright.step.OutputLimit;
import org.runwright.step.StepProgress;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes what steps print. Bytes become text line by line, so that no character and no secret is cut
 * in two; what is left of a line stays on the host until the rest has come. Invalid UTF-8 becomes
 * U+FFFD, as does NUL, which PostgreSQL cannot store. Of a stream that is longer than {@link
 * OutputLimit} the beginning and the end are kept; while it grows, the rows before the end go.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class StepOutput {

  private final Runs runs;
  private final Steps steps;
  private final Feed feed;
  private final Mask mask;
  private final OutputLimit limit;

  StepOutput(Runs runs, Steps steps, Feed feed, Mask mask, OutputLimit limit) {
    this.mask = mask;
    this.runs = runs;
    this.steps = steps;
    this.feed = feed;
    this.limit = limit;
  }

  /** How far each stream is known so far; the next bytes start there. */
  public record Kept(long out, long err) {}

  /** How far a step's output is known so far. */
  public Kept kept(String stepId) {
    Step step = steps.find(stepId).orElseThrow();
    return new Kept(step.outBytes(), step.errBytes());
  }

  /**
   * Keeps output that follows what is known already.
   *
   * @param after what was known when the output was asked for
   * @return what is known now
   * @throws LeaseLost if someone else kept output of the step in between
   */
  public Kept append(Step step, Kept after, StepProgress progress) {
    boolean last = progress.result().isPresent();
    OutputPart out = OutputPart.of(progress.out(), after.out(), progress.outSkipped(), last);
    OutputPart err = OutputPart.of(progress.err(), after.err(), progress.errSkipped(), last);
    if (out.isEmpty() && err.isEmpty()) {
      return after;
    }
    List<OutputRow> rows = new ArrayList<>(out.rows(FeedEvent.Type.STDOUT, this::clean));
    rows.addAll(err.rows(FeedEvent.Type.STDERR, this::clean));
    runs.lock(step.runId());
    if (!kept(step.id()).equals(after)) {
      throw new LeaseLost(step.id());
    }
    feed.addOutput(step.runId(), step.id(), rows);
    Kept now = new Kept(out.offset(), err.offset());
    steps.setOutput(
        step.id(),
        now,
        out.leftOut() + trimmed(step, FeedEvent.Type.STDOUT, now.out()),
        err.leftOut() + trimmed(step, FeedEvent.Type.STDERR, now.err()));
    return now;
  }

  /** Rows that are neither of the beginning nor of the end any more. */
  private long trimmed(Step step, FeedEvent.Type type, long end) {
    long tail = end - limit.tail();
    return tail > limit.head() ? feed.deleteOutput(step.id(), type, limit.head(), tail) : 0;
  }

  private String clean(String text) {
    return StoredText.of(text, mask);
  }
}
