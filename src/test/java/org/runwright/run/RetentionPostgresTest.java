package org.runwright.run;

import org.junit.jupiter.api.Tag;
import org.runwright.lab.TestTables;

/** On PostgreSQL. */
@Tag("lab")
class RetentionPostgresTest extends RetentionContract {

  @Override
  TestTables tables() {
    return TestTables.postgres();
  }
}
