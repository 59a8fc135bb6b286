package org.runwright.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The private PostgreSQL of tests; with the tests against real hosts, because it has to be
 * installed.
 */
@Tag("lab")
class PostgresServerTest {

  @Test
  void databases_are_empty_and_apart() throws SQLException {
    String one = PostgresServer.shared().newDatabase();
    String other = PostgresServer.shared().newDatabase();
    try (Connection connection = DriverManager.getConnection(one)) {
      connection.createStatement().execute("create table mine (id integer)");
    }

    assertThat(other).isNotEqualTo(one);
    assertThat(tables(one)).isEqualTo(1);
    assertThat(tables(other)).isZero();
  }

  private static int tables(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        ResultSet count =
            connection
                .createStatement()
                .executeQuery(
                    "select count(*) from information_schema.tables where table_schema = 'public'")) {
      count.next();
      return count.getInt(1);
    }
  }
}
