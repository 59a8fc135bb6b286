package org.runwright.ssh;

/** A number of bytes of each stream of a command's output. */
public record Offsets(long out, long err) {

  public static final Offsets START = new Offsets(0, 0);
}
