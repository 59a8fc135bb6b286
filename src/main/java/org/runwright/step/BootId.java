package org.runwright.step;

import java.util.regex.Pattern;

/** The id that Linux gives to each boot, as {@code /proc/sys/kernel/random/boot_id} tells it. */
final class BootId {

  private static final Pattern FORM = Pattern.compile("[0-9a-f-]{36}");

  private BootId() {}

  /**
   * @throws StepRefused if it is none
   */
  static String of(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new StepRefused("'" + text + "' is not the boot id of a host");
    }
    return text;
  }
}
