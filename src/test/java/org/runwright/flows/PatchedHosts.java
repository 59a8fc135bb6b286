package org.runwright.flows;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The two hosts of the CRM behind their balancer, looked at beside the product. */
final class PatchedHosts {

  static final RealHost FIRST = new RealHost("crm1");
  static final RealHost SECOND = new RealHost("crm2");
  static final RealHost BALANCER = new RealHost("lb1");
  static final String CUSTOMERS = "http://10.77.0.14/";

  private static final String ASK =
      "python3 -c \"import socket;s=socket.socket(socket.AF_UNIX);s.connect('/run/haproxy/admin.sock');"
          + "s.sendall(b'%s\\n');print(s.makefile().read())\"";

  private PatchedHosts() {}

  /** Everything that a patch could leave behind: packages, unit, files, locks, and HAProxy. */
  static SortedMap<String, String> state() {
    SortedMap<String, String> state = new TreeMap<>();
    for (RealHost host : List.of(FIRST, SECOND)) {
      state.put(
          host.name() + " packages",
          host.sudo("dpkg-query -W -f '${Status} ${Package} ${Version};' | md5sum"));
      state.put(host.name() + " crm", version(host));
      state.put(
          host.name() + " unit",
          host.sudo(
              "systemctl show -p ActiveState,SubState,UnitFileState crm; systemctl --failed --no-legend"));
      state.put(
          host.name() + " files",
          host.sudo(
              "find /etc /usr/lib/crm /lib/systemd/system -type f -exec md5sum {} + | sort | md5sum"));
      state.put(host.name() + " left", host.sudo("find /var/lib/runwright 2>/dev/null || :"));
    }
    state.put("balancer", servers());
    state.put("balancer left", BALANCER.sudo("ls /run/runwright/drained 2>/dev/null || :"));
    return state;
  }

  /** Name, operational and administrative state of each server, as HAProxy tells them. */
  static String servers() {
    return BALANCER.sudo(
        ASK.formatted("show servers state crm") + " | awk '$2 == \"crm\" { print $4, $6, $7 }'");
  }

  static String version(RealHost host) {
    return host.sudo("dpkg-query -W -f '${Version}' crm");
  }

  static String bootId(RealHost host) {
    return host.sudo("cat /proc/sys/kernel/random/boot_id");
  }

  /** How often dpkg went from one version of the CRM to another. */
  static int upgrades(RealHost host, String from, String to) {
    return Integer.parseInt(
        host.sudo("grep -c ' upgrade crm:all %s %s$' /var/log/dpkg.log || :".formatted(from, to)));
  }

  /** Both hosts have 1.0.0, which runs, and get customers; nothing of a run is left. */
  static void reset() {
    RealLab.command("publish", "1.0.0");
    for (RealHost host : List.of(FIRST, SECOND)) {
      host.sudo(
          "rm -rf /var/lib/runwright; : >/var/log/dpkg.log; apt-get -qq update; "
              + "[ \"$(dpkg-query -W -f '${Version} ${db:Status-Abbrev}' crm)\" = '1.0.0 ii ' ] || "
              + "{ dpkg --configure -a || :; DEBIAN_FRONTEND=noninteractive apt-get -qqy --allow-downgrades install crm=1.0.0; "
              + "systemctl reset-failed crm || :; systemctl restart crm; } >/dev/null 2>&1");
    }
    BALANCER.sudo("rm -rf /run/runwright");
    for (RealHost host : List.of(FIRST, SECOND)) {
      BALANCER.sudo(ASK.formatted("set server crm/" + host.name() + " state ready"));
    }
    RealLab.makeWell();
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(30))
        .until(() -> servers().equals("crm1 2 0\ncrm2 2 0"));
  }
}
