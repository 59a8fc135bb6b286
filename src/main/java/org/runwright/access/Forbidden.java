package org.runwright.access;

/** The person is known but may not do this; the message says who may. */
public class Forbidden extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Forbidden(String message) {
    super(message);
  }
}
