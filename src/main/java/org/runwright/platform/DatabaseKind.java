package org.runwright.platform;

import java.util.Locale;

/** What speaks SQL. */
public enum DatabaseKind {
  MARIADB,
  MYSQL,
  POSTGRESQL;

  /** As in services.yml. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
