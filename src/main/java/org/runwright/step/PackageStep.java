package org.runwright.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;

/**
 * Notes, updates or puts back the packages of a host. What differs between the kinds are their
 * script and their arguments.
 */
abstract class PackageStep extends HostStep {

  /** What apt and dnf allow; a version after {@code =}. Never an option, never a pattern. */
  private static final Pattern PACKAGE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._:-]{0,127}(=[A-Za-z0-9][A-Za-z0-9+.~:_^-]{0,127})?");

  private static final int MOST = 200;

  private final HostPackages packages;
  private final Duration limit;

  PackageStep(
      String name,
      String title,
      Set<String> parameters,
      Optional<String> undo,
      HostPackages packages,
      Duration limit) {
    super(name, title, parameters, undo);
    this.packages = packages;
    this.limit = limit;
  }

  @Override
  final Remote remote(Host host, String owner, Parameters given, Platform platform) {
    List<String> arguments = new ArrayList<>(List.of(STATE, owner));
    arguments.addAll(arguments(given));
    return new Remote(packages.script(host, name() + ".sh"), arguments, limit);
  }

  /** Beyond the folder of state and the owner. */
  List<String> arguments(Parameters given) {
    return List.of();
  }

  /**
   * The parameter {@code packages}: names, each with {@code =VERSION} if a certain one is meant.
   */
  final List<String> named(Parameters given) {
    List<String> names = given.texts("packages");
    for (String name : names) {
      if (!PACKAGE.matcher(name).matches()) {
        throw new StepRefused(
            name() + ": '" + name + "' is not the name of a package (NAME or NAME=VERSION)");
      }
    }
    if (names.size() > MOST) {
      throw new StepRefused(name() + ": more than " + MOST + " packages; use all instead");
    }
    return names;
  }
}
