package org.runwright.platform;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A service of the service map.
 *
 * @param hosts the group or host it runs on
 * @param unit what its manager calls it (systemd unit, SysV script, supervisor program)
 * @param become whether its commands run with the host's become user
 * @param database what it is, if it is a database
 * @param backup where its backups lie, if it has any
 * @param pool what sends customers to it
 */
public record Service(
    String name,
    String hosts,
    ServiceManager manager,
    String unit,
    ServiceCommands commands,
    boolean become,
    List<Check> checks,
    Duration startTimeout,
    Duration stopTimeout,
    SortedSet<String> dependsOn,
    Optional<DatabaseSettings> database,
    Optional<BackupSettings> backup,
    Optional<Pool> pool) {

  /** A service that is no database, and that no balancer sends customers to. */
  public Service(
      String name,
      String hosts,
      ServiceManager manager,
      String unit,
      ServiceCommands commands,
      boolean become,
      List<Check> checks,
      Duration startTimeout,
      Duration stopTimeout,
      SortedSet<String> dependsOn) {
    this(
        name,
        hosts,
        manager,
        unit,
        commands,
        become,
        checks,
        startTimeout,
        stopTimeout,
        dependsOn,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
