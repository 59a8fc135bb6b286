package org.runwright.backup;

import org.runwright.lab.TestTables;

/** On H2. */
class CatalogueTest extends CatalogueContract {

  @Override
  TestTables tables() {
    return TestTables.h2();
  }
}
