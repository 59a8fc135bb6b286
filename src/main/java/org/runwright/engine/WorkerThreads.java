package org.runwright.engine;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads with telling names that do not keep the server from stopping. */
class WorkerThreads implements ThreadFactory {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "steps-" + NUMBER.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }
}
