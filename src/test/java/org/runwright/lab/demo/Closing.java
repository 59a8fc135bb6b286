package org.runwright.lab.demo;

import java.net.URI;
import java.nio.file.Path;
import org.runwright.lab.EmbeddedLab;

/** What the demo tells in the end: where to look. */
final class Closing {

  private Closing() {}

  static void print(Screen screen, URI server, EmbeddedLab lab, Path log) {
    String text =
        """

        Look around (log in as admin, operator, approver or viewer; the password is the name):
          Cockpit   %1$s/camunda/app/cockpit/
          Tasklist  %1$s/camunda/app/tasklist/
          API       %1$s/api/runs
          Swagger   %1$s/swagger-ui.html
          the CRM   http://127.0.0.1:%2$d/
        Break something on a host, then let it be healed:
          ssh -i %3$s -o UserKnownHostsFile=%4$s -p %5$d %6$s@127.0.0.1 svc database kill
          curl -u operator:operator -H 'Content-Type: application/json' \\
            -d '{"reason": "to see it"}' %1$s/api/runbooks/recover-platform/runs

        The server's log is %7$s
        Ctrl-C ends everything.\
        """
            .formatted(
                server,
                lab.port("crm"),
                lab.keyFile(),
                lab.knownHosts(),
                lab.sshPort("db1"),
                EmbeddedLab.USER,
                log);
    text.lines().forEach(screen::line);
  }
}
