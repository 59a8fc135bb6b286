package org.runwright.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A host of the inventory with everything needed to reach it, variables of its groups merged in.
 * Its text is its name only, for variables may be secret.
 *
 * @param name the name in the inventory, unique
 * @param address what to connect to ({@code ansible_host}, else the name)
 * @param jumps the hosts to go through, first hop first; empty for a direct connection
 * @param groups every group that holds the host, {@code all} included
 * @param variables the merged variables, connection secrets left out
 */
public record Host(
    String name,
    String address,
    int port,
    Login login,
    Optional<Become> become,
    List<Jump> jumps,
    SortedSet<String> groups,
    Map<String, Object> variables) {

  @Override
  public String toString() {
    return "Host[" + name + "]";
  }
}
