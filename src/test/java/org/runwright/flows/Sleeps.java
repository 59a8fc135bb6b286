package org.runwright.flows;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The long commands of tests, as processes of this machine. */
final class Sleeps {

  private Sleeps() {}

  /** Seconds of its own for each test, so that its process is told apart from any other. */
  static String aLongTime() {
    return "600." + ThreadLocalRandom.current().nextInt(100_000, 999_999);
  }

  /** The processes that sleep so many seconds. */
  static List<String> running(String seconds) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.endsWith("sleep " + seconds))
        .toList();
  }
}
