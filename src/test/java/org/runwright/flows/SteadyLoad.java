package org.runwright.flows;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Customers: requests through the load balancer, 40 each second, until it is closed. */
final class SteadyLoad implements AutoCloseable {

  private static final int CUSTOMERS = 4;
  private static final int EVERY_MILLISECONDS = 100;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final ScheduledExecutorService customers = Executors.newScheduledThreadPool(CUSTOMERS);
  private final AtomicInteger answered = new AtomicInteger();
  private final Queue<String> failed = new ConcurrentLinkedQueue<>();
  private final HttpRequest request;

  SteadyLoad(String url) {
    request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(12)).build();
    for (int i = 0; i < CUSTOMERS; i++) {
      customers.scheduleAtFixedRate(
          this::ask,
          (long) i * EVERY_MILLISECONDS / CUSTOMERS,
          EVERY_MILLISECONDS,
          TimeUnit.MILLISECONDS);
    }
  }

  private void ask() {
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        answered.incrementAndGet();
      } else {
        failed.add(answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      failed.add(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int answered() {
    return answered.get();
  }

  /** What customers got instead of an answer. */
  List<String> failed() {
    return List.copyOf(failed);
  }

  @Override
  public void close() {
    customers.shutdown();
    try {
      if (!customers.awaitTermination(20, TimeUnit.SECONDS)) {
        customers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
