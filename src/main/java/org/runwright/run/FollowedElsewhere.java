package org.runwright.run;

/** Another server or thread follows the output of the step; who gets this lets go of it. */
public class FollowedElsewhere extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FollowedElsewhere(String stepId) {
    super("the output of step " + stepId + " is followed elsewhere");
  }
}
