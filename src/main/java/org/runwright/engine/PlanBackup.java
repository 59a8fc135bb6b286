package org.runwright.engine;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.runwright.platform.BackupSettings;
import org.runwright.platform.DatabaseSettings;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;
import org.runwright.platform.Platforms;
import org.runwright.platform.Service;
import org.runwright.step.StepRefused;
import org.springframework.stereotype.Component;

/**
 * Looks up what is to be backed up, and where. Reads the run's inputs {@code service} and {@code
 * host}; sets {@code target} and {@code planText}.
 */
@Component("planBackup")
class PlanBackup implements JavaDelegate {

  private final Platforms platforms;

  PlanBackup(Platforms platforms) {
    this.platforms = platforms;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Platform platform = platforms.current();
    String name = String.valueOf(execution.getVariable("service"));
    Service service =
        platform
            .services()
            .service(name)
            .orElseThrow(() -> new StepRefused("there is no service " + name + " in services.yml"));
    DatabaseSettings database =
        service.database().orElseThrow(() -> missing(name, "database: { kind, name }"));
    BackupSettings backup =
        service.backup().orElseThrow(() -> missing(name, "backup: { directory }"));
    Target target = new Target(name, host(execution, platform, service));
    DelegateExecution process = execution.getProcessInstance();
    process.setVariable(Variables.TARGET, target.toString());
    process.setVariable(Variables.FAILURE, null);
    process.setVariable("backupKept", false);
    process.setVariable(
        Variables.PLAN_TEXT,
        """
        1. dump the %s database %s of %s on %s into %s
        2. restore it there into a scratch database, compare, and drop that again
        3. delete backups of %s that no rule of services.yml keeps
        """
            .formatted(
                database.kind().label(),
                database.name(),
                name,
                target.host(),
                backup.directory(),
                name));
  }

  private static String host(DelegateExecution execution, Platform platform, Service service) {
    List<String> hosts = platform.hostsOf(service).stream().map(Host::name).toList();
    Object asked = execution.getVariable("host");
    if (asked == null && hosts.size() == 1) {
      return hosts.get(0);
    }
    if (asked == null || !hosts.contains(asked.toString())) {
      throw new StepRefused(
          "service %s runs on %s: say with 'host' on which of them it is to be backed up"
              .formatted(service.name(), String.join(", ", hosts)));
    }
    return asked.toString();
  }

  private static StepRefused missing(String service, String keys) {
    return new StepRefused(
        "services.yml does not say how to back up %s: add %s".formatted(service, keys));
  }
}
