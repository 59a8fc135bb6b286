package org.runwright.step;

import java.util.Set;
import org.runwright.platform.DatabaseKind;
import org.springframework.stereotype.Component;

/** PostgreSQL. */
@Component
class PostgresqlClients implements DatabaseClients {

  @Override
  public Set<DatabaseKind> kinds() {
    return Set.of(DatabaseKind.POSTGRESQL);
  }

  @Override
  public String file() {
    return "postgresql.sh";
  }
}
