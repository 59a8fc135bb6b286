package org.runwright.run;

/** What a run needs of the engine that moves it. Every call joins the caller's transaction. */
public interface RunEngine {

  /**
   * Begins the process of the run.
   *
   * @return the id of the process instance
   */
  String begin(Run run);

  /**
   * Ends the process of the run, and with it the commands on the hosts.
   *
   * @param compensate whether to undo, in reverse order, what the run changed
   * @param reason for people
   */
  void cancel(Run run, boolean compensate, String reason);

  /** Tries a failed or unknown step again, as a new attempt. */
  void retry(Run run, Step step);

  /**
   * Tries again what failed between two steps, such as a delegate that only computes.
   *
   * @return whether anything had failed there
   */
  boolean retryBetweenSteps(Run run);

  /** Lets the run go on as if the step had succeeded. */
  void skip(Run run, Step step);
}
