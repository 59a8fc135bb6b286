package org.runwright.step;

/** The host could not be asked; the message says why and what to do next. */
public class HostUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean lasting;

  public HostUnavailable(String message, boolean lasting, Throwable cause) {
    super(message, cause);
    this.lasting = lasting;
  }

  /** Whether trying again is pointless until a person changed something. */
  public boolean lasting() {
    return lasting;
  }
}
