package org.runwright.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.runwright.backup.Backup;
import org.runwright.backup.Backups;
import org.runwright.platform.Platform;
import org.runwright.step.StepRequest;

/** A step about the backup that this run makes of the {@code target}; its id is that of the run. */
class RunBackupStep extends RemoteStep {

  private static final long KIB = 1024;

  private final String kind;
  private final Backups backups;

  RunBackupStep(Tools tools, String kind, Backups backups) {
    super(tools);
    this.kind = kind;
    this.backups = backups;
  }

  @Override
  List<StepRequest> requests(DelegateExecution execution, Platform platform) {
    Target target = Target.in(execution);
    Backup last = backups.newestVerified().get(target.service());
    long expected = last == null ? 0 : last.bytes() / KIB + 1;
    return List.of(
        new StepRequest(
            kind,
            target.host(),
            Optional.of(target.service()),
            Map.of("backup", execution.getProcessBusinessKey(), "expected-kib", expected),
            Optional.empty()));
  }
}
