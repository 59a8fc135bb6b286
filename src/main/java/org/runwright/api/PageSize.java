package org.runwright.api;

import java.util.List;
import org.runwright.run.FeedEvent;

/**
 * How many events a reader fetches at once: many small ones, few large ones, so that it never holds
 * much more than half a megabyte of text. For one reader.
 */
final class PageSize {

  private static final int CHARACTERS = 512 * 1024;
  private static final int FEWEST = 8;
  private static final int MOST = 1000;

  private int events = FEWEST;

  int events() {
    return events;
  }

  void learn(List<FeedEvent> page) {
    if (page.isEmpty()) {
      return;
    }
    long characters = page.stream().mapToLong(event -> event.body().length()).sum();
    long average = characters / page.size() + 1;
    // At most four times as many as last time: what follows may be larger.
    events = (int) Math.max(FEWEST, Math.min(Math.min(MOST, events * 4L), CHARACTERS / average));
  }
}
