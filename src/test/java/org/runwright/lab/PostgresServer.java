package org.runwright.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A private PostgreSQL of this JVM, made by {@code scripts/postgres hold} on first use. It ends
 * with the JVM, however that ends, because it waits on a pipe that only this JVM holds.
 * Thread-safe.
 */
public final class PostgresServer {

  private static final int LIMIT_SECONDS = 90;
  private static final String WANTED = "RUNWRIGHT_TEST_DATABASE";
  private static final String DATABASE = "/runwright?";

  private static @Nullable PostgresServer shared;

  private final String url;
  private int databases;

  private PostgresServer(String url) {
    this.url = url;
  }

  /**
   * The one of this JVM, started if need be (about 2 s).
   *
   * @throws LabFailure if there is no PostgreSQL on this machine (the message tells how to install
   *     it), or it does not start
   */
  public static synchronized PostgresServer shared() {
    if (shared == null) {
      shared = new PostgresServer(start());
    }
    return shared;
  }

  private static String start() {
    try {
      // Held by the pipe, not by this object: nothing else ends it.
      Process holder =
          new ProcessBuilder(Path.of("scripts", "postgres").toString(), "hold")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return CompletableFuture.supplyAsync(() -> firstLine(holder))
          .get(LIMIT_SECONDS, TimeUnit.SECONDS)
          .orElseThrow(() -> new LabFailure("scripts/postgres failed; it said why above"));
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new LabFailure("PostgreSQL was not up after " + LIMIT_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabFailure("interrupted while PostgreSQL started", e);
    }
  }

  private static Optional<String> firstLine(Process process) {
    try {
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      return Optional.ofNullable(output.readLine());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Makes an empty database; its JDBC URL, user and password included. */
  public synchronized String newDatabase() {
    String name = "test" + ++databases;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new LabFailure("cannot create the database " + name, e);
    }
    return url.replace(DATABASE, "/" + name + "?");
  }

  /** The server's settings that make it use a database of {@link #newDatabase}. */
  public static Map<String, String> settings(String jdbcUrl) {
    return Map.of("spring.datasource.url", jdbcUrl);
  }

  /** Settings of a server that make it use a new database, if the environment asks for it. */
  static Map<String, String> settingsIfWanted() {
    String wanted = System.getenv().getOrDefault(WANTED, "h2");
    return switch (wanted) {
      case "h2" -> Map.of();
      case "postgresql" -> settings(shared().newDatabase());
      default -> throw new LabFailure(WANTED + " is h2 or postgresql, not " + wanted);
    };
  }
}
