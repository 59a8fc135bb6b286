package org.runwright.ssh;

/**
 * What a host says of a token.
 *
 * @param start where {@code out} and {@code err} begin: at the offsets asked for, or after a jump
 * @param out standard output from there, possibly only a part of it
 * @param err standard error from there, possibly only a part of it
 * @param complete whether no output is left behind {@code out} and {@code err}
 */
public record Observation(
    Progress progress, Offsets start, byte[] out, byte[] err, boolean complete) {

  /** Where a command stands. */
  public sealed interface Progress {

    /** It runs. */
    record Running() implements Progress {}

    /**
     * It ended by itself.
     *
     * @param result what the command wrote to the file named by {@code $RUNWRIGHT_RESULT}
     */
    record Exited(int code, String result) implements Progress {}

    /**
     * A signal ended it, for example {@code KILL}: its shell, or the last thing the shell waited
     * for. A script that says {@code exit 137} itself has exited, and so has one that goes on after
     * a part of it was killed.
     */
    record Signalled(String signal, String result) implements Progress {}

    /** It began, its runner is gone, and no exit status was left: nobody can know how it ended. */
    record Lost(String reason) implements Progress {}

    /** It did not begin and never will under this token. */
    record NeverBegan(String reason) implements Progress {}

    /** The host has never heard of the token. */
    record Unclaimed() implements Progress {}
  }
}
