package org.runwright.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;
import org.runwright.platform.Service;
import org.runwright.step.StepRefused;

/** In which order the services of a platform are started, stopped or recovered. */
final class ServiceOrder {

  /** What is done to the services. */
  enum Direction {
    START,
    STOP,
    RECOVER;

    static Direction of(Object text) {
      try {
        return valueOf(String.valueOf(text).toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new StepRefused("direction must be start, stop or recover, not " + text);
      }
    }
  }

  private ServiceOrder() {}

  /**
   * Levels of targets, each to be done side by side once the one before it is done. Starting takes
   * in what the services depend on, stopping what depends on them.
   *
   * @param services names; empty: all
   */
  static List<List<Target>> resolve(
      Platform platform, Collection<String> services, Direction direction) {
    Set<String> wanted =
        services.isEmpty() ? platform.services().services().keySet() : new TreeSet<>(services);
    Set<String> taken =
        switch (direction) {
          case START -> platform.services().withDependencies(known(platform, wanted));
          case STOP -> platform.services().withDependents(known(platform, wanted));
          case RECOVER -> known(platform, wanted);
        };
    List<List<Target>> levels = levels(platform, taken, target -> true);
    if (direction == Direction.STOP) {
      Collections.reverse(levels);
    }
    return levels;
  }

  /** Levels of these services' targets, in the order of starting, left to those that are wanted. */
  static List<List<Target>> levels(
      Platform platform, Collection<String> services, Predicate<Target> wanted) {
    List<List<Target>> levels = new ArrayList<>();
    for (List<Service> level : platform.services().levels(services)) {
      List<Target> targets = new ArrayList<>();
      for (Service service : level) {
        for (Host host : platform.hostsOf(service)) {
          Target target = new Target(service.name(), host.name());
          if (wanted.test(target)) {
            targets.add(target);
          }
        }
      }
      if (!targets.isEmpty()) {
        levels.add(targets);
      }
    }
    return levels;
  }

  /** As process variables have them. */
  static List<List<String>> texts(List<List<Target>> levels) {
    return levels.stream().map(level -> level.stream().map(Target::toString).toList()).toList();
  }

  private static Set<String> known(Platform platform, Set<String> names) {
    for (String name : names) {
      if (platform.services().service(name).isEmpty()) {
        throw new StepRefused("there is no service " + name + " in services.yml");
      }
    }
    return names;
  }
}
