package org.runwright.step;

import java.time.Duration;
import java.util.Optional;
import org.runwright.platform.BackupSettings;
import org.springframework.stereotype.Component;

/**
 * Restores a backup into a scratch database, compares it with what was dumped, and drops it again.
 */
@Component("drill-backup")
class DrillBackup extends BackupStep {

  DrillBackup(Databases databases) {
    super("drill-backup", "Restore the backup of %s on %s into a scratch database", databases);
  }

  @Override
  Duration timeLimit(BackupSettings backup) {
    return backup.timeout();
  }

  @Override
  Optional<String> undo() {
    return Optional.of("drop-scratch");
  }
}
