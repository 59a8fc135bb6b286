package org.runwright.lab;

import com.zaxxer.hikari.HikariDataSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** The product's tables in a database of their own, without a server. */
public final class TestTables implements AutoCloseable {

  private final HikariDataSource dataSource = new HikariDataSource();

  /**
   * @param url of an empty database
   */
  public TestTables(String url) {
    dataSource.setJdbcUrl(url);
    dataSource.setMaximumPoolSize(16);
    Flyway.configure().dataSource(dataSource).locations("classpath:db/migration").load().migrate();
  }

  /** Tables in memory. */
  public static TestTables h2() {
    return new TestTables("jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=10000");
  }

  /** Tables in a new database of the private PostgreSQL. */
  public static TestTables postgres() {
    return new TestTables(PostgresServer.shared().newDatabase());
  }

  public DataSource dataSource() {
    return dataSource;
  }

  public JdbcClient jdbc() {
    return JdbcClient.create(dataSource);
  }

  public DataSourceTransactionManager transactionManager() {
    return new DataSourceTransactionManager(dataSource);
  }

  public TransactionOperations transactions() {
    return new TransactionTemplate(transactionManager());
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
