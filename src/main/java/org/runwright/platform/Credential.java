package org.runwright.platform;

/**
 * A password or passphrase as the inventory states it: the text itself, or a reference that the
 * room {@code secret} resolves, always in one of the forms <code>{{ lookup('env', 'NAME') }}</code>
 * and <code>{{ lookup('file', '/absolute/path') }}</code>. Never printed.
 *
 * @param text the text or the reference
 */
public record Credential(String text) {

  @Override
  public String toString() {
    return "********";
  }
}
