package org.runwright.run;

import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.runwright.lab.PostgresServer;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Searches on PostgreSQL. */
@Tag("lab")
class RunSearchLabTest extends RunSearchContract {

  @Override
  DataSource database() {
    return new DriverManagerDataSource(PostgresServer.shared().newDatabase());
  }
}
