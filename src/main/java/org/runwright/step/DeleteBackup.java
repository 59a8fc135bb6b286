package org.runwright.step;

import java.time.Duration;
import org.runwright.platform.BackupSettings;
import org.springframework.stereotype.Component;

/** Removes one backup, and whatever is half made of it. */
@Component("delete-backup")
class DeleteBackup extends BackupStep {

  DeleteBackup(Databases databases) {
    super("delete-backup", "Delete a backup of %s on %s", databases);
  }

  @Override
  Duration timeLimit(BackupSettings backup) {
    return Duration.ofMinutes(10);
  }
}
