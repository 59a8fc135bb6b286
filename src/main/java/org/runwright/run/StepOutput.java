package org.runwright.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.runwright.secret.Mask;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes what steps print. Bytes become text line by line, so that no character and no secret is cut
 * in two; what is left of a line stays on the host until the rest has come. Invalid UTF-8 becomes
 * U+FFFD, as does NUL, which PostgreSQL cannot store.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class StepOutput {

  /** A line longer than this is taken in parts. */
  private static final int LONGEST_LINE = 64 * 1024;

  private final Runs runs;
  private final Steps steps;
  private final Feed feed;
  private final Mask mask;

  StepOutput(Runs runs, Steps steps, Feed feed, Mask mask) {
    this.mask = mask;
    this.runs = runs;
    this.steps = steps;
    this.feed = feed;
  }

  /** How many bytes of output are kept so far; the next ones start there. */
  public record Kept(long out, long err) {}

  /** What is kept of a step's output so far. */
  public Kept kept(String stepId) {
    Step step = steps.find(stepId).orElseThrow();
    return new Kept(step.outBytes(), step.errBytes());
  }

  /**
   * Keeps output that follows what is kept already.
   *
   * @param after what was kept when the output was asked for
   * @param last whether nothing follows, so that the last line is whole without its end
   * @return what is kept now
   * @throws LeaseLost if someone else kept output of the step in between
   */
  public Kept append(Step step, Kept after, byte[] out, byte[] err, boolean last) {
    int outTaken = taken(out, last);
    int errTaken = taken(err, last);
    if (outTaken + errTaken == 0) {
      return after;
    }
    runs.lock(step.runId());
    if (!kept(step.id()).equals(after)) {
      throw new LeaseLost(step.id());
    }
    steps.addBytes(step.id(), outTaken, errTaken);
    add(step, FeedEvent.Type.STDOUT, out, outTaken);
    add(step, FeedEvent.Type.STDERR, err, errTaken);
    return new Kept(after.out() + outTaken, after.err() + errTaken);
  }

  private void add(Step step, FeedEvent.Type type, byte[] bytes, int length) {
    int start = 0;
    while (start < length) {
      int end = Math.min(length, start + LONGEST_LINE);
      if (end < length) {
        end = start + taken(Arrays.copyOfRange(bytes, start, end), false);
      }
      String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
      feed.add(step.runId(), type, Optional.of(step.id()), clean(text));
      start = end;
    }
  }

  private String clean(String text) {
    return mask.apply(text).replace('\0', '\uFFFD');
  }

  /** How many of the bytes are whole lines, or are to be taken although they are not. */
  static int taken(byte[] bytes, boolean last) {
    if (last) {
      return bytes.length;
    }
    for (int i = bytes.length; i > 0; i--) {
      if (bytes[i - 1] == '\n') {
        return i;
      }
    }
    return bytes.length < LONGEST_LINE ? 0 : wholeCharacters(bytes);
  }

  private static int wholeCharacters(byte[] bytes) {
    int end = bytes.length;
    for (int back = 1; back <= 3 && back <= end; back++) {
      int b = bytes[end - back] & 0xFF;
      if (b >= 0xC0) {
        return end - back;
      }
      if (b < 0x80) {
        return end;
      }
    }
    return end;
  }
}
