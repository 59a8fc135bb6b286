package org.runwright.run;

/** Another server or thread drives the step; who gets this lets go of it. */
public class LeaseLost extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LeaseLost(String stepId) {
    super("step " + stepId + " is driven elsewhere");
  }
}
