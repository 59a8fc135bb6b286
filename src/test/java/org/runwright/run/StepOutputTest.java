package org.runwright.run;

import org.runwright.lab.TestTables;

/** On H2. */
class StepOutputTest extends StepOutputContract {

  @Override
  TestTables tables() {
    return TestTables.h2();
  }
}
