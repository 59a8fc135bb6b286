package org.runwright.run;

import org.junit.jupiter.api.Tag;
import org.runwright.lab.TestTables;

/** On PostgreSQL. */
@Tag("lab")
class ParallelismPostgresTest extends ParallelismContract {

  @Override
  TestTables tables() {
    return TestTables.postgres();
  }
}
