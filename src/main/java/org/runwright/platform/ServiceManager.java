package org.runwright.platform;

/** What starts and stops a service on its host. */
public enum ServiceManager {
  SYSTEMD,
  SYSV,
  SUPERVISOR,
  COMMAND;

  /** The name in services.yml. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
