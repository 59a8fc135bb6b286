package org.runwright.platform;

/**
 * A password or passphrase as the inventory states it: the text itself, or a reference that the
 * room {@code secret} resolves. Never printed.
 *
 * @param text as written in the inventory
 */
public record Credential(String text) {

  @Override
  public String toString() {
    return "********";
  }
}
