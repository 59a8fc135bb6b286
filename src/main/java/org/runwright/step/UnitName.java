package org.runwright.step;

import java.util.regex.Pattern;
import org.runwright.platform.Service;

/** What a manager takes as the name of one unit: no option, and no pattern that matches many. */
final class UnitName {

  /** The characters of systemd.unit(5); supervisor's {@code group:program} fits too. */
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_.:@\\\\][A-Za-z0-9_.:@\\\\-]*");

  private UnitName() {}

  static void require(Service service) {
    if (!LEGAL.matcher(service.unit()).matches()) {
      throw new StepRefused(
          "service "
              + service.name()
              + ": '"
              + service.unit()
              + "' is not the name of one unit; allowed are letters, digits and _ . : @ \\ -");
    }
  }
}
