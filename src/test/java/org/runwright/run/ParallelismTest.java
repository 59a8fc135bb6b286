package org.runwright.run;

import org.runwright.lab.TestTables;

/** On H2. */
class ParallelismTest extends ParallelismContract {

  @Override
  TestTables tables() {
    return TestTables.h2();
  }
}
