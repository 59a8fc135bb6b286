package org.runwright.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup of a service's database, as the catalogue has it.
 *
 * @param id the run that made it
 * @param kind of the database: mariadb, mysql or postgresql
 * @param path of the file on the host
 * @param sha256 of the file, as it was written
 * @param duration of the dump
 * @param message why it failed
 * @param verifiedAt when it was restored on trial and found whole
 * @param drillDuration how long the restore took
 */
public record Backup(
    String id,
    String service,
    String host,
    String kind,
    String path,
    long bytes,
    String sha256,
    Instant startedAt,
    Duration duration,
    RowCounts rowCounts,
    State state,
    Optional<String> message,
    Optional<Instant> verifiedAt,
    Optional<Duration> drillDuration) {

  /** Where it stands. */
  public enum State {
    /** The file is whole, and nobody knows yet whether it can be restored. */
    MADE,
    /** It was restored and holds what was dumped. Only such a one counts. */
    VERIFIED,
    /** It could not be made or not be restored. */
    FAILED,
    /** Its file is gone. */
    DELETED
  }
}
