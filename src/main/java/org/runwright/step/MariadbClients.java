package org.runwright.step;

import java.util.Set;
import org.runwright.platform.DatabaseKind;
import org.springframework.stereotype.Component;

/** MariaDB and MySQL, which take the same options. */
@Component
class MariadbClients implements DatabaseClients {

  @Override
  public Set<DatabaseKind> kinds() {
    return Set.of(DatabaseKind.MARIADB, DatabaseKind.MYSQL);
  }

  @Override
  public String file() {
    return "mariadb.sh";
  }
}
