package org.runwright.lab.demo;

import java.util.List;
import java.util.OptionalInt;

/**
 * The command line of the demo.
 *
 * @param once whether to end after the run
 * @param port the server's; empty: 8080, or the next free one
 */
record DemoOptions(boolean help, boolean once, OptionalInt port) {

  static final String USAGE =
      """
      usage: scripts/demo [--once] [--port PORT]

      Starts four SSH hosts with the services of a small CRM on this machine, and the
      server; runs the runbook start-platform and shows its steps; then stays up until
      Ctrl-C. Everything listens on 127.0.0.1 only, and is gone at the end.

        --once       end after the run; exit with 0 only if it SUCCEEDED
        --port PORT  the server's port (default: 8080, or the next free one)
        --help       show this
      """;

  /**
   * @throws IllegalArgumentException with what is wrong
   */
  static DemoOptions parse(List<String> arguments) {
    boolean help = false;
    boolean once = false;
    OptionalInt port = OptionalInt.empty();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--help") || argument.equals("-h")) {
        help = true;
      } else if (argument.equals("--once")) {
        once = true;
      } else if (argument.startsWith("--port=")) {
        port = port(argument.substring("--port=".length()));
      } else if (argument.equals("--port") && i + 1 < arguments.size()) {
        port = port(arguments.get(++i));
      } else if (argument.equals("--port")) {
        throw new IllegalArgumentException("--port needs a number");
      } else {
        throw new IllegalArgumentException("unknown argument " + argument);
      }
    }
    return new DemoOptions(help, once, port);
  }

  private static OptionalInt port(String text) {
    if (text.matches("\\d{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65_535) {
        return OptionalInt.of(port);
      }
    }
    throw new IllegalArgumentException("--port takes a number from 1 to 65535, not " + text);
  }
}
