package org.runwright.step;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The limits of what one remote call can carry. */
final class Call {

  /** Linux's MAX_ARG_STRLEN, 32 pages, without the NUL at the end. */
  private static final int LONGEST_ARGUMENT = 32 * 4096 - 1;

  /** Half of what Linux allows at the least for all arguments with the usual 8 MiB of stack. */
  private static final int ALL_ARGUMENTS = 1024 * 1024;

  private Call() {}

  /**
   * @throws StepRefused if no shell can take one of the arguments
   */
  static List<String> carry(String title, List<String> arguments) {
    long all = 0;
    for (String argument : arguments) {
      int size = argument.getBytes(StandardCharsets.UTF_8).length;
      if (argument.indexOf('\0') >= 0) {
        throw new StepRefused(title + ": a NUL character cannot be passed to a command");
      }
      if (size > LONGEST_ARGUMENT) {
        throw new StepRefused(
            title
                + ": a text of "
                + size
                + " bytes is too long for a command; a host takes at most "
                + LONGEST_ARGUMENT);
      }
      all += size;
    }
    if (all > ALL_ARGUMENTS) {
      throw new StepRefused(
          title + ": " + all + " bytes of arguments; a host takes at most " + ALL_ARGUMENTS);
    }
    return List.copyOf(arguments);
  }
}
