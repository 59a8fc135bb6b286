package org.runwright.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.runwright.backup.Backups;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue of backups. */
@RestController
@RequestMapping(path = "/api/backups", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Platform")
class BackupController {

  private static final int MOST = 200;

  private final Backups backups;

  BackupController(Backups backups) {
    this.backups = backups;
  }

  @GetMapping
  @Operation(operationId = "listBackups", summary = "Backups of databases, the newest first")
  @ApiResponse(responseCode = "200", description = "Those that failed or were deleted too")
  BackupList list(
      @Parameter(description = "Only those of this service") @RequestParam
          Optional<String> service) {
    return new BackupList(backups.list(service, MOST).stream().map(BackupView::of).toList());
  }
}
