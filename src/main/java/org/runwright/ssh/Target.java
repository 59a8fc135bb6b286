package org.runwright.ssh;

import java.util.List;
import org.runwright.platform.Host;
import org.runwright.platform.Jump;
import org.runwright.platform.Login;

/**
 * Where a connection leads: two hosts of the inventory that are reached alike share one.
 *
 * @param jumps the hops before it, first hop first
 */
record Target(String user, String address, int port, Login login, List<Jump> jumps) {

  static Target of(Host host) {
    return new Target(host.login().user(), host.address(), host.port(), host.login(), host.jumps());
  }

  /** The last hop before this one; it is logged in at with the same credentials. */
  Target lastJump() {
    Jump jump = jumps.get(jumps.size() - 1);
    String jumper = jump.user().isEmpty() ? user : jump.user();
    return new Target(
        jumper, jump.address(), jump.port(), login, jumps.subList(0, jumps.size() - 1));
  }

  /** For messages: {@code ops@db1:22}, through which hops. */
  @Override
  public String toString() {
    String self = user + "@" + address + ":" + port;
    return jumps.isEmpty() ? self : self + " (through " + lastJump() + ")";
  }
}
