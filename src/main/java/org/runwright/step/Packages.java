package org.runwright.step;

/** What differs between the package managers of hosts. Stateless and thread-safe. */
interface Packages {

  /** As the inventory's variable {@code ansible_pkg_mgr} says it. */
  String label();

  /** The resource file that holds every command of this package manager. */
  String file();
}
