package org.runwright.platform;

/** A pattern selects no hosts, or cannot be read; the message ends a sentence about the pattern. */
public class NoSuchHosts extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NoSuchHosts(String message) {
    super(message);
  }
}
