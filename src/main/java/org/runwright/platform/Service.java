package org.runwright.platform;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;

/**
 * A service of the service map.
 *
 * @param hosts the group or host it runs on
 * @param unit what its manager calls it (systemd unit, SysV script, supervisor program)
 * @param become whether its commands run with the host's become user
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
    SortedSet<String> dependsOn) {}
