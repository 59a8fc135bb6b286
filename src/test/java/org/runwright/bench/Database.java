package org.runwright.bench;

import java.util.Map;
import org.runwright.lab.PostgresServer;

/** What a server keeps its data in. */
enum Database {
  H2("H2"),
  POSTGRESQL("PostgreSQL");

  final String label;

  Database(String label) {
    this.label = label;
  }

  /** The settings of a server with an empty database. */
  Map<String, String> settings() {
    return this == H2 ? Map.of() : PostgresServer.settings(PostgresServer.shared().newDatabase());
  }
}
