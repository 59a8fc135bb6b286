package org.runwright.lab.service;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.tools.Server;

/** The database tier: H2's TCP server with the table of customers, kept in a directory. */
public final class Database {

  private Database() {}

  /**
   * @param arguments port, directory
   */
  public static void main(String[] arguments) throws Exception {
    System.setProperty("h2.bindAddress", "127.0.0.1");
    makeCustomers(arguments[1]);
    Server.createTcpServer("-tcpPort", arguments[0], "-baseDir", arguments[1]).start();
    System.out.println("database: listening on port " + arguments[0]);
    Thread.currentThread().join();
  }

  private static void makeCustomers(String directory) throws SQLException {
    String url = "jdbc:h2:file:" + directory + "/crm;DB_CLOSE_DELAY=-1";
    try (Connection connection = DriverManager.getConnection(url, "crm", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table if not exists customer (id int primary key, name varchar(100) not null)");
      statement.execute(
          """
          merge into customer (id, name) values
            (1, 'Ada Lovelace'), (2, 'Grace Hopper'), (3, 'Barbara Liskov')
          """);
    }
  }
}
