package org.runwright.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The hosts and groups of one Ansible YAML inventory. Immutable. Its text is its size only, for
 * variables may be secret.
 *
 * @param hosts by name
 * @param groups host names by group name, in the order of the file; {@code all} included
 * @param variables the variables of group {@code all}
 */
public record Inventory(
    SortedMap<String, Host> hosts,
    SortedMap<String, List<String>> groups,
    Map<String, Object> variables) {

  public Optional<Host> host(String name) {
    return Optional.ofNullable(hosts.get(name));
  }

  @Override
  public String toString() {
    return "Inventory[" + hosts.size() + " hosts, " + groups.size() + " groups]";
  }

  /** The hosts of a group, or the one host of that name where no group has it. */
  public List<Host> select(String groupOrHost) {
    List<String> members = groups.get(groupOrHost);
    if (members != null) {
      return members.stream().map(hosts::get).toList();
    }
    return host(groupOrHost).map(List::of).orElse(List.of());
  }

  /**
   * The hosts that an Ansible pattern selects, in the order of the inventory: {@code
   * app*:!app3,&production}.
   *
   * @throws NoSuchHosts if it, or a part of it, matches none; the message ends a sentence
   */
  public List<Host> matching(String pattern) {
    return new HostPattern(this).select(pattern);
  }
}
