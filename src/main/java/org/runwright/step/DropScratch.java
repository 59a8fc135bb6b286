package org.runwright.step;

import java.time.Duration;
import org.runwright.platform.BackupSettings;
import org.springframework.stereotype.Component;

/** Drops the scratch database that a drill may have left behind. */
@Component("drop-scratch")
class DropScratch extends BackupStep {

  DropScratch(Databases databases) {
    super("drop-scratch", "Drop the scratch database of %s on %s", databases);
  }

  @Override
  Duration timeLimit(BackupSettings backup) {
    return Duration.ofMinutes(10);
  }
}
