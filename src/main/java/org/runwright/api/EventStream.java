package org.runwright.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.runwright.run.Durability;
import org.runwright.run.Feed;
import org.runwright.run.FeedEvent;
import org.runwright.run.RunState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One follower of one run. Woken as often as one likes, from any thread; writes from one thread at
 * a time.
 */
class EventStream {

  private static final Logger log = LoggerFactory.getLogger(EventStream.class);
  private static final int AT_ONCE = 200;

  private final String runId;
  private final SseEmitter emitter;
  private final Feed feed;
  private final Durability durability;
  private final ObjectMapper mapper;
  private final Clock clock;
  private final Duration heartbeat;
  private final Executor writers;
  private final AtomicInteger wakes = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private Runnable onClose = () -> {};
  private long seq;
  private Instant lastWrite;

  EventStream(
      String runId,
      long afterSeq,
      SseEmitter emitter,
      Feed feed,
      Durability durability,
      ObjectMapper mapper,
      Clock clock,
      Duration heartbeat,
      Executor writers) {
    this.runId = runId;
    this.seq = afterSeq;
    this.emitter = emitter;
    this.feed = feed;
    this.durability = durability;
    this.mapper = mapper;
    this.clock = clock;
    this.heartbeat = heartbeat;
    this.writers = writers;
    this.lastWrite = clock.instant();
  }

  /** There may be news. */
  void wake() {
    if (!closed.get() && wakes.getAndIncrement() == 0) {
      writers.execute(this::write);
    }
  }

  /** What to do once, when it is closed; said before the first wake. */
  void onClose(Runnable action) {
    onClose = action;
  }

  void close() {
    if (closed.compareAndSet(false, true)) {
      onClose.run();
    }
  }

  void end() {
    close();
    emitter.complete();
  }

  private void write() {
    int seen;
    do {
      seen = wakes.get();
      try {
        writeNews();
      } catch (IOException | IllegalStateException gone) {
        // The follower has left.
        close();
      } catch (RuntimeException e) {
        log.warn("the events of run {} cannot be read; its follower has to come back", runId, e);
        close();
        emitter.completeWithError(e);
      }
    } while (!wakes.compareAndSet(seen, 0) && !closed.get());
  }

  private void writeNews() throws IOException {
    List<FeedEvent> events = feed.after(runId, seq, AT_ONCE);
    while (!events.isEmpty() && !closed.get()) {
      // What a follower knows must not be gone, and its number used again, when the server dies.
      durability.force();
      for (FeedEvent event : events) {
        send(event);
        if (endsRun(event)) {
          end();
          return;
        }
      }
      events = feed.after(runId, seq, AT_ONCE);
    }
    if (!closed.get() && lastWrite.plus(heartbeat).isBefore(clock.instant())) {
      emitter.send(SseEmitter.event().comment("still here"));
      lastWrite = clock.instant();
    }
  }

  private void send(FeedEvent event) throws IOException {
    String name =
        switch (event.type()) {
          case RUN -> "run";
          case STEP -> "step";
          case STDOUT, STDERR -> "output";
        };
    emitter.send(SseEmitter.event().id(Long.toString(event.seq())).name(name).data(data(event)));
    seq = event.seq();
    lastWrite = clock.instant();
  }

  private String data(FeedEvent event) throws IOException {
    return switch (event.type()) {
      case RUN, STEP -> event.body();
      case STDOUT, STDERR ->
          mapper.writeValueAsString(
              Map.of(
                  "stepId", event.stepId().orElse(""),
                  "stream", event.type().name().toLowerCase(Locale.ROOT),
                  "text", event.body(),
                  "at", event.at().toString()));
    };
  }

  private boolean endsRun(FeedEvent event) throws IOException {
    if (event.type() != FeedEvent.Type.RUN) {
      return false;
    }
    JsonNode state = mapper.readTree(event.body()).path("state");
    return RunState.valueOf(state.asText()).ended();
  }
}
