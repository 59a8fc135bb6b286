package org.runwright.ssh;

import org.jspecify.annotations.Nullable;

/** A host could not be asked; the message says what to do next. */
public class SshFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean lasting;

  /**
   * @param lasting whether trying again is pointless until a person changed something (a wrong host
   *     key, a refused login)
   */
  public SshFailure(String message, boolean lasting, @Nullable Throwable cause) {
    super(message, cause);
    this.lasting = lasting;
  }

  /** Whether trying again is pointless until a person changed something. */
  public boolean lasting() {
    return lasting;
  }
}
