package org.runwright.run;

import org.runwright.lab.TestTables;

/** On H2. */
class RetentionTest extends RetentionContract {

  @Override
  TestTables tables() {
    return TestTables.h2();
  }
}
