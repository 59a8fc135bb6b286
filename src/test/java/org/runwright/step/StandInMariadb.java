package org.runwright.step;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Programs in the place of MariaDB's clients, which keep each database as one file in the folder
 * {@code $SERVER}; files of certain names there make them fail.
 */
final class StandInMariadb {

  private static final String DUMP =
      """
      -- MariaDB dump
      /*!40101 SET NAMES utf8mb4 */;
      --
      -- Table structure for table `customer`
      --
      CREATE TABLE `customer` (`id` int, `name` varchar(80));
      --
      -- Dumping data for table `customer`
      --
      INSERT INTO `customer` VALUES (1,'Ada\\n-- Table structure for table `x`');
      INSERT INTO `customer` VALUES (2,'Grace');
      /*!50003 SET sql_mode = 'STRICT' */ ;
      ALTER DATABASE `crm` CHARACTER SET latin1 COLLATE latin1_swedish_ci ;
      DELIMITER ;;
      /*!50003 CREATE*/ /*!50003 TRIGGER crm.stamp BEFORE INSERT ON crm.customer FOR EACH ROW
      SET NEW.name = TRIM(NEW.name) */;;
      DELIMITER ;
      --
      -- Table structure for table `empty one`
      --
      CREATE TABLE `empty one` (`id` int);
      --
      -- Dumping events for database 'crm'
      --
      CREATE EVENT `nightly` ON SCHEDULE EVERY 1 DAY DO DELETE FROM customer;
      --
      -- Dumping routines for database 'crm'
      --
      -- Dump completed
      """;

  private static final String DUMPER =
      """
      #!/bin/sh
      [ "$1" != --help ] || exit 0
      for database; do :; done
      printf '%s\\n' "$*" >>"$SERVER/calls"
      [ ! -e "$SERVER/fails" ] || { echo "mysqldump: Got error: 2013: Lost connection" >&2; exit 2; }
      [ ! -e "$SERVER/killed" ] || { head -n 9 "$SERVER/$database.sql"; kill -KILL $$; }
      [ ! -e "$SERVER/short" ] || { head -n 9 "$SERVER/$database.sql"; exit 0; }
      cat "$SERVER/$database.sql"
      """;

  private static final String CLIENT =
      """
      #!/bin/sh
      for database; do :; done
      case "$*" in
      *"SELECT SCHEMA_NAME"*) [ ! -e "$SERVER/down" ] || { echo "ERROR 2002: no server" >&2; exit 1; }; echo crm ;;
      *"SELECT TABLE_NAME"*) [ ! -e "$SERVER/others" ] || cat "$SERVER/others" ;;
      *COALESCE*) if [ -e "$SERVER/kib" ]; then cat "$SERVER/kib"; else echo 100; fi ;;
      *datadir*) echo "$SERVER" ;;
      *log_bin*) echo 0 ;;
      *"SELECT CONCAT"*) echo ' CHARACTER SET utf8mb4' ;;
      *"CREATE DATABASE"*) [ ! -e "$SERVER/scratchless" ] || exit 1; : >"$SERVER/runwright_drill_made" ;;
      *"DROP DATABASE"*) rm -f "$SERVER"/runwright_drill_* ;;
      *) if [ -e "$SERVER/loses" ]; then grep -v Grace; else cat; fi | tee "$SERVER/loaded" >"$SERVER/$database.sql" ;;
      esac
      """;

  private StandInMariadb() {}

  /** Puts the programs and the database {@code crm} into the folder. */
  static void install(Path server) throws IOException {
    program(server.resolve("mariadb-dump"), DUMPER);
    program(server.resolve("mariadb"), CLIENT);
    Files.writeString(server.resolve("crm.sql"), DUMP);
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
