package org.runwright.run;

import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.runwright.lab.PostgresServer;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Leases on PostgreSQL. */
@Tag("lab")
class StepQueueLabTest extends StepQueueContract {

  @Override
  DataSource database() {
    return new DriverManagerDataSource(PostgresServer.shared().newDatabase());
  }
}
