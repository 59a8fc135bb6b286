package org.runwright.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.runwright.platform.BackupSettings;

/** Which verified backups of a service have been kept for long enough. */
final class KeepRule {

  private KeepRule() {}

  /**
   * @param verified the verified backups of one service, newest first; no others count
   * @return those that no rule wants any more, oldest first
   */
  static List<Backup> expired(List<Backup> verified, BackupSettings settings, Instant now) {
    List<Backup> expired = new ArrayList<>();
    if (settings.keep().isEmpty() && settings.keepFor().isEmpty()) {
      return expired;
    }
    int newest = Math.max(settings.keepAtLeast(), settings.keep().orElse(0));
    for (Backup backup : verified.subList(Math.min(newest, verified.size()), verified.size())) {
      boolean young =
          settings.keepFor().filter(age -> backup.startedAt().isAfter(now.minus(age))).isPresent();
      if (!young) {
        expired.add(0, backup);
      }
    }
    return expired;
  }
}
