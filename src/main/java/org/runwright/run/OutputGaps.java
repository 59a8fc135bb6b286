package org.runwright.run;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Finds, while events are read in order, where output was left out. For one reader; not
 * thread-safe.
 */
public final class OutputGaps {

  private final Feed feed;
  private final long after;
  private final Map<String, Long> told = new HashMap<>();

  /**
   * @param after the number after which the reader began
   */
  public OutputGaps(Feed feed, long after) {
    this.feed = feed;
    this.after = after;
  }

  /** Bytes left out between what was read of the same stream before and this; mostly zero. */
  public long before(FeedEvent event) {
    if (event.bytes().isEmpty()) {
      return 0;
    }
    FeedEvent.Bytes bytes = event.bytes().get();
    String step = event.stepId().orElse("");
    Long before = told.put(step + event.type(), bytes.to());
    if (before == null) {
      before = bytes.from() == 0 || after == 0 ? 0L : feed.toldUpTo(step, event.type(), after);
    }
    return Math.max(0, bytes.from() - before);
  }

  /** A line for people. */
  public static String line(long bytes) {
    return String.format(Locale.ROOT, "… %,d bytes left out …\n", bytes);
  }
}
