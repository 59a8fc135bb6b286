package org.runwright.lab.demo;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The command line of the demo.
 *
 * @param once whether to end after the run
 * @param port the server's; empty: 8080, or the next free one
 * @param broken the service that shall fail to start
 */
record DemoOptions(boolean help, boolean once, OptionalInt port, Optional<String> broken) {

  private static final Set<String> SERVICES = Set.of("database", "application", "network", "crm");

  static final String USAGE =
      """
      usage: scripts/demo [--once] [--port PORT] [--break SERVICE]

      Starts four SSH hosts with the services of a small CRM on this machine, and the
      server; runs the runbook start-platform and shows its steps; then stays up until
      Ctrl-C. Everything listens on 127.0.0.1 only, and is gone at the end.

        --once           end after the run; exit with 0 only if it SUCCEEDED
        --port PORT      the server's port (default: 8080, or the next free one)
        --break SERVICE  show a failure: database, application, network or crm cannot
                         start, and what was started before it is stopped again
        --help           show this
      """;

  /**
   * @throws IllegalArgumentException with what is wrong
   */
  static DemoOptions parse(List<String> arguments) {
    boolean help = false;
    boolean once = false;
    OptionalInt port = OptionalInt.empty();
    Optional<String> broken = Optional.empty();
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      String name =
          argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
      if (argument.equals("--help") || argument.equals("-h")) {
        help = true;
      } else if (argument.equals("--once")) {
        once = true;
      } else if (name.equals("--port")) {
        port = port(value(argument, rest));
      } else if (name.equals("--break")) {
        broken = Optional.of(service(value(argument, rest)));
      } else {
        throw new IllegalArgumentException("unknown argument " + argument);
      }
    }
    return new DemoOptions(help, once, port, broken);
  }

  private static String value(String argument, Iterator<String> rest) {
    if (argument.contains("=")) {
      return argument.substring(argument.indexOf('=') + 1);
    }
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(argument + " needs a value");
    }
    return rest.next();
  }

  private static String service(String text) {
    if (!SERVICES.contains(text)) {
      throw new IllegalArgumentException("--break takes one of " + SERVICES + ", not " + text);
    }
    return text;
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
