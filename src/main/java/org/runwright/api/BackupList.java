package org.runwright.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Backups, the newest first. */
record BackupList(@Schema(description = "At most 200") List<BackupView> backups) {}
