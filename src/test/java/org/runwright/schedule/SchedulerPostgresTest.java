package org.runwright.schedule;

import org.junit.jupiter.api.Tag;
import org.runwright.lab.TestTables;

/** On PostgreSQL. */
@Tag("lab")
class SchedulerPostgresTest extends SchedulerContract {

  @Override
  TestTables tables() {
    return TestTables.postgres();
  }
}
