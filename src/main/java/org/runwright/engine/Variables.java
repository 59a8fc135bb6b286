package org.runwright.engine;

/** Names of process variables that delegates and models share; docs/models.md tells each. */
final class Variables {

  static final String LEVELS = "levels";
  static final String ALL_TARGETS = "allTargets";
  static final String TARGET = "target";
  static final String PLAN_TEXT = "planText";
  static final String FAILURE = "failure";
  static final String FAILURE_MESSAGE = "failureMessage";
  static final String CHECK_OUTPUT = "checkOutput";
  static final String CANCEL_REASON = "cancelReason";
  static final String RUNBOOK = "runbook";
  static final String RUNBOOK_TITLE = "runbookTitle";
  static final String REQUESTED_BY = "requestedBy";
  static final String REASON = "reason";
  static final String DECISION = "decision";
  static final String COMMENT = "comment";
  static final String APPROVED = "approved";
  static final String REJECTION = "rejection";
  static final String UNDO_FAILURE = "undoFailure";

  /** The BPMN error that a failed step raises. */
  static final String STEP_FAILED = "step-failed";

  /** The message that cancels a run, for models that undo what they did. */
  static final String CANCEL_MESSAGE = "cancel-run";

  private Variables() {}
}
