package org.runwright.lab.service;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.runwright.lab.service.WebServer.Answer;

/** The application tier: lists the customers; not healthy while it cannot read them. */
public final class Application {

  private final String databaseUrl;

  private Application(String databaseUrl) {
    this.databaseUrl = databaseUrl;
  }

  /**
   * @param arguments own port, port of the database
   */
  public static void main(String[] arguments) throws IOException {
    Application application =
        new Application(
            "jdbc:h2:tcp://127.0.0.1:"
                + arguments[1]
                + "/./crm;NETWORK_TIMEOUT=3000;IFEXISTS=TRUE");
    WebServer.serve("application", Integer.parseInt(arguments[0]), application::answer);
  }

  private Answer answer(String path) {
    try {
      List<String> customers = customers();
      return switch (path) {
        case "/health" -> new Answer(200, "UP, " + customers.size() + " customers");
        case "/customers" -> new Answer(200, String.join("\n", customers));
        default -> new Answer(404, "there is no " + path);
      };
    } catch (SQLException e) {
      return new Answer(503, "DOWN, cannot read the database: " + firstLine(e));
    }
  }

  private List<String> customers() throws SQLException {
    List<String> names = new ArrayList<>();
    try (var connection = DriverManager.getConnection(databaseUrl, "crm", "");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select name from customer order by id")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
