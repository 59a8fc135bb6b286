package org.runwright.schedule;

import org.runwright.lab.TestTables;

/** On H2. */
class SchedulerTest extends SchedulerContract {

  @Override
  TestTables tables() {
    return TestTables.h2();
  }
}
