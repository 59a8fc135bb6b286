package org.runwright.engine;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Sees to it that what ordered a command is on disk before the command starts. H2 acknowledges a
 * commit up to half a second before it is written (its WRITE_DELAY), so it is told to write at
 * once; PostgreSQL has written when it says so.
 */
@Component
class Durability {

  private final JdbcClient jdbc;
  private final boolean delayed;

  Durability(JdbcClient jdbc, DataSource dataSource) throws MetaDataAccessException {
    this.jdbc = jdbc;
    this.delayed = "H2".equals(product(dataSource));
  }

  void force() {
    if (delayed) {
      jdbc.sql("checkpoint sync").update();
    }
  }

  private static String product(DataSource dataSource) throws MetaDataAccessException {
    return JdbcUtils.extractDatabaseMetaData(
        dataSource, metaData -> metaData.getDatabaseProductName());
  }
}
