package org.runwright.backup;

import org.junit.jupiter.api.Tag;
import org.runwright.lab.TestTables;

/** On PostgreSQL. */
@Tag("lab")
class CataloguePostgresTest extends CatalogueContract {

  @Override
  TestTables tables() {
    return TestTables.postgres();
  }
}
