package org.runwright.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.runwright.backup.Backup;
import org.runwright.backup.Backups;
import org.runwright.platform.Platform;
import org.runwright.step.StepRefused;
import org.runwright.step.StepRequest;

/** A step that deletes the backup named by the variable {@code expiredBackup}. */
class DeleteBackupStep extends RemoteStep {

  private final Backups backups;

  DeleteBackupStep(Tools tools, Backups backups) {
    super(tools);
    this.backups = backups;
  }

  @Override
  List<StepRequest> requests(DelegateExecution execution, Platform platform) {
    String id = String.valueOf(execution.getVariable("expiredBackup"));
    Backup backup =
        backups.find(id).orElseThrow(() -> new StepRefused("the catalogue has no backup " + id));
    String directory = backup.path().substring(0, Math.max(1, backup.path().lastIndexOf('/')));
    return List.of(
        new StepRequest(
            "delete-backup",
            backup.host(),
            Optional.of(backup.service()),
            Map.of("backup", id, "directory", directory),
            Optional.empty()));
  }
}
