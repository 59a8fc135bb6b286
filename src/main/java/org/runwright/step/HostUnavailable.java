package org.runwright.step;

import org.jspecify.annotations.Nullable;

/** The host could not be asked; the message says why and what to do next. */
public class HostUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean lasting;
  private final boolean perhapsSent;

  /**
   * @param lasting whether trying again is pointless until a person changed something
   * @param perhapsSent whether a command may have reached the host
   */
  public HostUnavailable(
      String message, boolean lasting, boolean perhapsSent, @Nullable Throwable cause) {
    super(message, cause);
    this.lasting = lasting;
    this.perhapsSent = perhapsSent;
  }

  /** Of a failure that is not lasting, so that a command may have reached the host. */
  public HostUnavailable(String message, boolean lasting, @Nullable Throwable cause) {
    this(message, lasting, !lasting, cause);
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
