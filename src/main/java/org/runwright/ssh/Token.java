package org.runwright.ssh;

import java.util.regex.Pattern;

/**
 * The name under which a command runs on a host. A host runs a token at most once, ever.
 *
 * @param value 1 to 64 of {@code a-z 0-9 -}
 */
public record Token(String value) {

  private static final Pattern LEGAL = Pattern.compile("[a-z0-9-]{1,64}");

  public Token {
    if (!LEGAL.matcher(value).matches()) {
      throw new IllegalArgumentException("not a token: " + value);
    }
  }
}
