package org.runwright.step;

import java.time.Duration;
import java.util.Optional;
import org.runwright.platform.BackupSettings;
import org.springframework.stereotype.Component;

/** Writes one backup of a database, under a temporary name until it is whole. */
@Component("dump-database")
class DumpDatabase extends BackupStep {

  DumpDatabase(Databases databases) {
    super("dump-database", "Dump %s on %s", databases);
  }

  @Override
  Duration timeLimit(BackupSettings backup) {
    return backup.timeout();
  }

  @Override
  Optional<String> undo() {
    return Optional.of("delete-backup");
  }
}
