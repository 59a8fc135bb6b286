package org.runwright.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.runwright.backup.Backup;
import org.runwright.backup.RowCounts;

/** A backup of a service's database. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BackupView(
    @Schema(description = "Id of the run that made it") String id,
    String service,
    String host,
    @Schema(description = "mariadb, mysql or postgresql") String kind,
    @Schema(description = "Only VERIFIED ones were restored on trial, and count")
        Backup.State state,
    @Schema(description = "Why it failed") @Nullable String message,
    @Schema(description = "Of the file on the host") String path,
    long bytes,
    @Schema(description = "Of the file, as it was written") String sha256,
    Instant startedAt,
    @Schema(description = "How long the dump took") long seconds,
    long tables,
    long rows,
    @Schema(description = "The tables with the most rows, 20 at most")
        List<RowCounts.Table> largestTables,
    @Schema(description = "When it was restored on trial") @Nullable Instant verifiedAt,
    @Schema(description = "How long that restore took") @Nullable Long drillSeconds) {

  static BackupView of(Backup backup) {
    return new BackupView(
        backup.id(),
        backup.service(),
        backup.host(),
        backup.kind(),
        backup.state(),
        backup.message().orElse(null),
        backup.path(),
        backup.bytes(),
        backup.sha256(),
        backup.startedAt(),
        backup.duration().toSeconds(),
        backup.rowCounts().tables(),
        backup.rowCounts().rows(),
        backup.rowCounts().largest(),
        backup.verifiedAt().orElse(null),
        backup.drillDuration().map(drill -> drill.toSeconds()).orElse(null));
  }
}
