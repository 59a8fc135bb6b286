package org.runwright.secret;

/** A reference to a credential could not be resolved; the message names the reference, no value. */
public class SecretFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SecretFailure(String message) {
    super(message);
  }
}
