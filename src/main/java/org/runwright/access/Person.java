package org.runwright.access;

import java.util.Collection;
import java.util.Set;

/**
 * Someone who is logged in, or a part of the product that acts by itself.
 *
 * @param name the login name
 * @param groups ids of the groups the person is in
 */
public record Person(String name, Set<String> groups) {

  public boolean isIn(Group group) {
    return groups.contains(group.id());
  }

  /** Whether the person is in one of these groups; admins count as members of every group. */
  public boolean isInAny(Collection<String> groupIds) {
    return isIn(Group.ADMIN) || groupIds.stream().anyMatch(groups::contains);
  }

  /**
   * Refuses who is in none of the groups.
   *
   * @param what completes "may not …"
   * @throws Forbidden if the person is in none of them
   */
  public void mustBeInAny(Collection<String> groupIds, String what) {
    if (!isInAny(groupIds)) {
      throw new Forbidden(
          name
              + " may not "
              + what
              + "; that takes one of the groups "
              + String.join(", ", groupIds));
    }
  }
}
