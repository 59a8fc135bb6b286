package org.runwright.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.runwright.backup.Backup;
import org.runwright.backup.Backups;
import org.runwright.platform.Platform;
import org.runwright.platform.Platforms;
import org.runwright.platform.Service;
import org.springframework.stereotype.Component;

/**
 * From here on the run's backup stays, whatever happens: it is verified. Sets {@code backupKept},
 * and {@code expired}: the backups of the service that no rule keeps, on hosts it still runs on.
 */
@Component("planRetention")
class PlanRetention implements JavaDelegate {

  private final Platforms platforms;
  private final Backups backups;

  PlanRetention(Platforms platforms, Backups backups) {
    this.platforms = platforms;
    this.backups = backups;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Platform platform = platforms.current();
    Optional<Service> service = platform.services().service(Target.in(execution).service());
    List<String> expired =
        service.flatMap(Service::backup).stream()
            .flatMap(settings -> backups.expired(service.orElseThrow().name(), settings).stream())
            .filter(backup -> reachable(backup, service.orElseThrow(), platform))
            .map(Backup::id)
            .toList();
    execution.getProcessInstance().setVariable("backupKept", true);
    execution.getProcessInstance().setVariable("expired", new ArrayList<>(expired));
  }

  private static boolean reachable(Backup backup, Service service, Platform platform) {
    return platform.hostsOf(service).stream().anyMatch(h -> h.name().equals(backup.host()));
  }
}
