package org.runwright.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kinds of step about packages. */
@Configuration(proxyBeanMethods = false)
class PackageSteps {

  private static final Duration SHORT = Duration.ofMinutes(3);
  private static final Duration LONG = Duration.ofHours(1);
  private static final int LEAST_FREE = 512;

  /** Whether the host may be patched: {@code min-free} in MiB, {@code reboot} as in reboot-host. */
  @Bean("pre-check")
  PackageStep preCheck(HostPackages packages) {
    return new PackageStep(
        "pre-check",
        "Check whether %s is fit for an update",
        Set.of("min-free", "reboot"),
        Optional.empty(),
        packages,
        SHORT) {
      @Override
      List<String> arguments(Parameters given) {
        String free = given.text("min-free").orElse(Integer.toString(LEAST_FREE));
        if (!free.matches("\\d{1,7}")) {
          throw new StepRefused("pre-check: parameter 'min-free' has to be a number of MiB");
        }
        return List.of(
            free, oneOf(given, "reboot", "if-needed", List.of("if-needed", "always", "never")));
      }
    };
  }

  @Bean("note-packages")
  PackageStep notePackages(HostPackages packages) {
    return plain(
        "note-packages", "Note the packages of %s", Optional.of("forget-packages"), packages);
  }

  @Bean("forget-packages")
  PackageStep forgetPackages(HostPackages packages) {
    return plain("forget-packages", "Remove the note of %s", Optional.empty(), packages);
  }

  /** {@code update}: all, security or packages, which names them. */
  @Bean("update-packages")
  PackageStep updatePackages(HostPackages packages) {
    return new PackageStep(
        "update-packages",
        "Update the packages of %s",
        Set.of("update", "packages"),
        Optional.of("put-back-packages"),
        packages,
        LONG) {
      @Override
      List<String> arguments(Parameters given) {
        String what = oneOf(given, "update", "all", List.of("all", "security", "packages"));
        List<String> named = named(given);
        if (what.equals("packages") == named.isEmpty()) {
          throw new StepRefused(
              "update-packages: 'packages' names what 'update: packages' updates, and nothing"
                  + " else; give both or neither");
        }
        List<String> arguments = new ArrayList<>(List.of(what));
        arguments.addAll(named);
        return arguments;
      }
    };
  }

  @Bean("put-back-packages")
  PackageStep putBackPackages(HostPackages packages) {
    return new PackageStep(
        "put-back-packages",
        "Put the packages of %s back",
        Set.of(),
        Optional.empty(),
        packages,
        LONG) {};
  }

  /** {@code reboot}: if-needed or always; not again once the {@code boot-id} has changed. */
  @Bean("reboot-host")
  PackageStep rebootHost(HostPackages packages) {
    return new PackageStep(
        "reboot-host",
        "Restart %s",
        Set.of("reboot", "boot-id"),
        Optional.empty(),
        packages,
        SHORT) {
      @Override
      List<String> arguments(Parameters given) {
        return List.of(
            BootId.of(required(given, "boot-id")),
            oneOf(given, "reboot", "if-needed", List.of("if-needed", "always")),
            "3");
      }
    };
  }

  private static PackageStep plain(
      String name, String title, Optional<String> undo, HostPackages packages) {
    return new PackageStep(name, title, Set.of(), undo, packages, SHORT) {};
  }
}
