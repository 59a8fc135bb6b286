package org.runwright.ssh;

/** How many bytes of a command's output are known already. */
public record Offsets(long out, long err) {

  public static final Offsets START = new Offsets(0, 0);
}
