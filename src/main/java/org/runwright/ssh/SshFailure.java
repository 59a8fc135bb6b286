package org.runwright.ssh;

import org.jspecify.annotations.Nullable;

/** A host could not be asked; the message says what to do next. */
public class SshFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean lasting;
  private final boolean perhapsSent;

  /**
   * @param lasting whether trying again is pointless until a person changed something (a wrong host
   *     key, a refused login)
   */
  public SshFailure(String message, boolean lasting, @Nullable Throwable cause) {
    this(message, lasting, !lasting, cause);
  }

  /**
   * @param lasting whether trying again is pointless until a person changed something
   * @param perhapsSent whether a command may have reached the host; false if the connection was
   *     never made
   */
  public SshFailure(
      String message, boolean lasting, boolean perhapsSent, @Nullable Throwable cause) {
    super(message, cause);
    this.lasting = lasting;
    this.perhapsSent = perhapsSent;
  }

  /** Nothing was asked of the host: there was no connection to ask over. */
  static SshFailure notSent(String message, boolean lasting, @Nullable Throwable cause) {
    return new SshFailure(message, lasting, false, cause);
  }

  /** Whether a command may have reached the host. */
  public boolean perhapsSent() {
    return perhapsSent;
  }

  /** Whether trying again is pointless until a person changed something. */
  public boolean lasting() {
    return lasting;
  }
}
