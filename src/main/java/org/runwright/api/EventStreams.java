package org.runwright.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.runwright.run.Durability;
import org.runwright.run.Feed;
import org.runwright.run.LiveFeed;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The streams of events that are open. Each is told by the live feed when there is news, and looks
 * by itself once a second, for news that another server wrote. A stream holds a thread only while
 * it writes, so one slow reader keeps no other waiting. Thread-safe.
 */
@Component
class EventStreams implements SmartLifecycle {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);
  private static final int IDLE_SECONDS = 10;

  private final Feed feed;
  private final Durability durability;
  private final LiveFeed live;
  private final ObjectMapper mapper;
  private final Clock clock;
  private final ApiProperties settings;
  private final Semaphore free;
  private final ThreadPoolExecutor writers;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean running;

  EventStreams(
      Feed feed,
      Durability durability,
      LiveFeed live,
      ObjectMapper mapper,
      Clock clock,
      ApiProperties settings) {
    this.feed = feed;
    this.durability = durability;
    this.live = live;
    this.mapper = mapper;
    this.clock = clock;
    this.settings = settings;
    this.free = new Semaphore(settings.maxStreams());
    CustomizableThreadFactory threads = new CustomizableThreadFactory("events-");
    threads.setDaemon(true);
    // One thread per stream at most, so nothing is ever refused.
    this.writers =
        new ThreadPoolExecutor(
            0,
            settings.maxStreams(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads,
            new ThreadPoolExecutor.DiscardPolicy());
  }

  /**
   * Opens a stream of what comes after a number.
   *
   * @param outputOf the only step whose output is sent; empty: that of all
   * @throws TooManyStreams if no more may be open
   */
  SseEmitter open(String runId, Optional<String> outputOf, long afterSeq) {
    if (!running || !free.tryAcquire()) {
      throw new TooManyStreams(settings.maxStreams(), RETRY_AFTER);
    }
    SseEmitter emitter = new SseEmitter(settings.streamLimit().toMillis());
    EventStream stream =
        new EventStream(
            runId,
            outputOf,
            afterSeq,
            emitter,
            feed,
            durability,
            mapper,
            clock,
            settings.heartbeat(),
            writers);
    LiveFeed.Subscription subscription = live.subscribe(runId, stream::wake);
    open.add(stream);
    // The emitter does not tell of an end that comes before its request is handed over.
    stream.onClose(
        () -> {
          open.remove(stream);
          subscription.close();
          free.release();
        });
    emitter.onCompletion(stream::close);
    emitter.onError(error -> stream.close());
    emitter.onTimeout(stream::end);
    stream.wake();
    return emitter;
  }

  /** One query for all streams, however many there are. */
  @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
  void look() {
    Map<String, Long> newest =
        feed.newest(open.stream().map(EventStream::runId).collect(Collectors.toSet()));
    for (EventStream stream : open) {
      if (stream.isBehind(newest.getOrDefault(stream.runId(), 0L)) || stream.quietTooLong()) {
        stream.wake();
      }
    }
  }

  int open() {
    return open.size();
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    open.forEach(EventStream::end);
    writers.shutdown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the web server waits for open requests to end. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
