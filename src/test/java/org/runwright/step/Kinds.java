package org.runwright.step;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.runwright.platform.Platform;

/** The kinds of step as the product puts them together. */
final class Kinds {

  private static final Controls CONTROLS =
      new Controls(
          List.of(
              new SystemdControl(),
              new SysvControl(),
              new SupervisorControl(),
              new CommandControl()));

  private static final Databases DATABASES =
      new Databases(List.of(new MariadbClients(), new PostgresqlClients()));
  private static final HostPackages HOST_PACKAGES =
      new HostPackages(List.of(new AptPackages(), new DnfPackages()));
  private static final PackageSteps PACKAGES = new PackageSteps();
  private static final HostLock.Kinds LOCKS = new HostLock.Kinds();
  private static final PoolStep.Kinds POOLS = new PoolStep.Kinds();

  static final StepKinds ALL =
      new StepKinds(
          List.of(
              new StartService(CONTROLS),
              new StopService(CONTROLS),
              new RestartService(CONTROLS),
              new CheckService(CONTROLS),
              new AwaitService(CONTROLS),
              new RunCommand(),
              new RunScript(),
              new DumpDatabase(DATABASES),
              new DrillBackup(DATABASES),
              new DropScratch(DATABASES),
              new DeleteBackup(DATABASES),
              LOCKS.lock(),
              LOCKS.unlock(),
              POOLS.drain(),
              POOLS.undrain(),
              new AwaitHost(),
              PACKAGES.preCheck(HOST_PACKAGES),
              PACKAGES.notePackages(HOST_PACKAGES),
              PACKAGES.forgetPackages(HOST_PACKAGES),
              PACKAGES.updatePackages(HOST_PACKAGES),
              PACKAGES.putBackPackages(HOST_PACKAGES),
              PACKAGES.rebootHost(HOST_PACKAGES)));

  private Kinds() {}

  /** A step for the only service of the platform. */
  static PreparedStep prepare(String kind, Platform platform, Map<String, Object> parameters) {
    String service = platform.services().services().firstKey();
    String host = platform.services().services().get(service).hosts();
    return ALL.named(kind)
        .prepare(
            new StepRequest(kind, host, Optional.of(service), parameters, Optional.empty()),
            platform);
  }

  static PreparedStep prepare(String kind, Platform platform) {
    return prepare(kind, platform, Map.of());
  }
}
