package org.runwright.flows;

import static org.awaitility.Awaitility.await;
import static org.runwright.flows.RealLab.Service.DATABASE;

import java.util.List;

/**
 * The database of the real lab as something to back up: a second table, a folder, a way to wait.
 */
final class RealBackups {

  static final String FOLDER = "/srv/backups";
  static final int ROWS = 3000;

  private RealBackups() {}

  /** The lab, with a service map of its database alone. */
  static RealLab open() {
    RealLab lab = RealLab.open();
    lab.write(
        "runbooks/services.yml",
        """
        platform: crm
        services:
          database:
            hosts: db
            manager: systemd
            unit: mariadb
            database: { kind: mariadb, name: crm }
            backup: { directory: %s, keep: 1, timeout: PT5M }
        """
            .formatted(FOLDER));
    return lab;
  }

  static void prepare() {
    DATABASE.start();
    clean();
    DATABASE.host.sudo("mkdir -p -m 700 " + FOLDER);
    sql(
        "CREATE TABLE crm.letter (id INT PRIMARY KEY, text TEXT, seal BLOB);"
            + " INSERT INTO crm.letter SELECT seq, CONCAT('line', CHAR(10), SHA2(seq, 512)), UNHEX(MD5(seq))"
            + " FROM seq_1_to_"
            + ROWS
            + "; CREATE VIEW crm.short AS SELECT id FROM crm.letter;"
            + " CREATE TRIGGER crm.stamp BEFORE INSERT ON crm.letter FOR EACH ROW SET NEW.text = TRIM(NEW.text)");
  }

  static void clean() {
    release();
    DATABASE.host.sudo("rm -rf " + FOLDER + "/* || :; rmdir " + FOLDER + " 2>/dev/null || :");
    sql(
        "DROP VIEW IF EXISTS crm.short; DROP TABLE IF EXISTS crm.letter;"
            + " INSERT IGNORE INTO crm.customer (id, name) VALUES (1, 'Ada'), (2, 'Grace'), (3, 'Edsger')");
  }

  /** Keeps every dump from getting past its first table. */
  static void hold() {
    DATABASE.host.sudo(
        "systemd-run -q --unit=rw-hold mariadb -e 'LOCK TABLES crm.letter WRITE; SELECT SLEEP(120)'");
    await().atMost(Flows.LIMIT).until(() -> sql("SHOW PROCESSLIST").contains("User sleep"));
  }

  /** A dump waits at what is held. */
  static boolean waits() {
    return sql("SHOW PROCESSLIST").contains("Waiting for table metadata lock");
  }

  static void release() {
    DATABASE.host.sudo("systemctl stop rw-hold 2>/dev/null || :");
  }

  static String sql(String text) {
    return DATABASE.host.sudo("mariadb -N crm -e \"" + text + "\"");
  }

  static String checksum() {
    return sql("CHECKSUM TABLE crm.customer, crm.letter; SELECT COUNT(*) FROM crm.customer");
  }

  static String scratches() {
    return sql("SHOW DATABASES LIKE 'runwright%'");
  }

  static List<String> files() {
    return DATABASE.host.sudo("ls -A " + FOLDER).lines().toList();
  }
}
