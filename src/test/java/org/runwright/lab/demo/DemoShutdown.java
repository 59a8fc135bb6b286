package org.runwright.lab.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Closes what the demo opened, the last first, once, however the demo ends. Thread-safe. */
final class DemoShutdown {

  private static final int LIMIT_SECONDS = 30;

  private final Screen screen;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  DemoShutdown(Screen screen) {
    this.screen = screen;
  }

  synchronized <T extends AutoCloseable> T closing(T resource) {
    open.push(resource);
    return resource;
  }

  synchronized void now() {
    if (open.isEmpty()) {
      return;
    }
    haltIfItHangs();
    screen.status("");
    screen.line("stopping the server and the hosts");
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        screen.line(screen.bad() + " while stopping: " + e.getMessage());
      }
    }
  }

  /** A server that cannot stop must not keep the terminal; the lab's reaper does not need it. */
  private static void haltIfItHangs() {
    Thread watch =
        new Thread(
            () -> {
              try {
                TimeUnit.SECONDS.sleep(LIMIT_SECONDS);
                Runtime.getRuntime().halt(1);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "demo-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
