package org.runwright.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.runwright.run.Durability;
import org.runwright.run.Feed;
import org.runwright.run.FeedEvent;
import org.runwright.run.OutputGaps;
import org.runwright.run.RunState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One follower of one run. Woken as often as one likes, from any thread; writes from one thread at
 * a time.
 */
class EventStream {

  private static final Logger log = LoggerFactory.getLogger(EventStream.class);
  private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

  private final String runId;
  private final Optional<String> outputOf;
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
  private final OutputGaps gaps;
  private final PageSize page = new PageSize();
  private volatile long seq;
  private volatile Instant lastWrite;

  EventStream(
      String runId,
      Optional<String> outputOf,
      long afterSeq,
      SseEmitter emitter,
      Feed feed,
      Durability durability,
      ObjectMapper mapper,
      Clock clock,
      Duration heartbeat,
      Executor writers) {
    this.runId = runId;
    this.outputOf = outputOf;
    this.seq = afterSeq;
    this.gaps = new OutputGaps(feed, afterSeq);
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

  String runId() {
    return runId;
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
    List<FeedEvent> events = feed.after(runId, seq, page.events());
    while (!events.isEmpty() && !closed.get()) {
      // What a follower knows must not be gone, and its number used again, when the server dies.
      durability.force();
      StringBuilder text = new StringBuilder();
      for (FeedEvent event : events) {
        if (wanted(event)) {
          append(text, event);
        }
        if (endsRun(event)) {
          write(text, event.seq());
          end();
          return;
        }
      }
      write(text, events.get(events.size() - 1).seq());
      page.learn(events);
      events = feed.after(runId, seq, page.events());
    }
    if (!closed.get() && quietTooLong()) {
      emitter.send(SseEmitter.event().comment("still here"));
      lastWrite = clock.instant();
    }
  }

  /** Several events at once: one write and one flush, whatever their number. */
  private void write(StringBuilder text, long upTo) throws IOException {
    if (!text.isEmpty()) {
      emitter.send(Set.of(new ResponseBodyEmitter.DataWithMediaType(text.toString(), TEXT)));
      lastWrite = clock.instant();
    }
    seq = upTo;
  }

  private boolean wanted(FeedEvent event) {
    return !event.type().isOutput() || outputOf.isEmpty() || outputOf.equals(event.stepId());
  }

  private void append(StringBuilder text, FeedEvent event) throws IOException {
    String name =
        switch (event.type()) {
          case RUN -> "run";
          case STEP -> "step";
          case STDOUT, STDERR -> "output";
        };
    text.append("id:").append(event.seq()).append("\nevent:").append(name);
    text.append("\ndata:").append(data(event)).append("\n\n");
  }

  /** Whether there are events it has not sent, as far as the newest number tells. */
  boolean isBehind(long newest) {
    return seq < newest;
  }

  boolean quietTooLong() {
    return lastWrite.plus(heartbeat).isBefore(clock.instant());
  }

  private String data(FeedEvent event) throws IOException {
    return event.type().isOutput()
        ? mapper.writeValueAsString(Output.of(event, gaps.before(event)))
        : event.body();
  }

  /** What a step wrote, as it is sent. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Output(
      String stepId, String stream, @Nullable Long leftOut, String text, String at) {

    static Output of(FeedEvent event, long leftOut) {
      return new Output(
          event.stepId().orElse(""),
          event.type().name().toLowerCase(Locale.ROOT),
          leftOut == 0 ? null : leftOut,
          event.body(),
          event.at().toString());
    }
  }

  private boolean endsRun(FeedEvent event) throws IOException {
    if (event.type() != FeedEvent.Type.RUN) {
      return false;
    }
    JsonNode state = mapper.readTree(event.body()).path("state");
    return RunState.valueOf(state.asText()).ended();
  }
}
