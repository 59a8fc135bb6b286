package org.runwright.engine;

import java.util.Set;

/** Names of process variables that delegates and models share; docs/models.md tells each. */
final class Variables {

  static final String LEVELS = "levels";
  static final String ALL_TARGETS = "allTargets";
  static final String TARGET = "target";
  static final String HOST = "host";
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
  static final String BATCHES = "batches";
  static final String NO_FURTHER = "noFurther";
  static final String HOSTS_TO_RUN = "hostsToRun";
  static final String SCRIPT_TEXT = "scriptText";
  static final String SCRIPT_SHA256 = "scriptSha256";

  /** The BPMN error that a failed step raises. */
  static final String STEP_FAILED = "step-failed";

  /** The BPMN error of steps of which one has an unknown outcome. */
  static final String OUTCOME_UNKNOWN = "outcome-unknown";

  /** The message that cancels a run, for models that undo what they did. */
  static final String CANCEL_MESSAGE = "cancel-run";

  /** What processes and the engine set; an input of such a name would change their course. */
  static final Set<String> RESERVED =
      Set.of(
          LEVELS,
          ALL_TARGETS,
          TARGET,
          PLAN_TEXT,
          FAILURE,
          FAILURE_MESSAGE,
          CHECK_OUTPUT,
          CANCEL_REASON,
          RUNBOOK,
          RUNBOOK_TITLE,
          REQUESTED_BY,
          DECISION,
          COMMENT,
          APPROVED,
          REJECTION,
          UNDO_FAILURE,
          BATCHES,
          NO_FURTHER,
          HOSTS_TO_RUN,
          SCRIPT_TEXT,
          SCRIPT_SHA256,
          "batch",
          "withinBudget",
          "approvalNeeded",
          "approvalComplete",
          "approvalGroups",
          "approvalTimeout",
          "approvalQuorum",
          "approvalFourEyes",
          "approvalOnTimeout",
          "level",
          "undoLevels",
          "undoLevel",
          "undoStepId",
          "undoPart",
          "undoExcept",
          "nothingToDo",
          "attemptsLeft",
          "backoff",
          "direction",
          "backupKept",
          "expired",
          "expiredBackup",
          "allHosts",
          "failedHosts",
          "doneParts",
          "forgiven",
          "undoDone",
          "budgetExceeded",
          "startTargets",
          "stopTargets",
          "hostFailure",
          "hostUndoFailure",
          "loopCounter",
          "nrOfInstances",
          "nrOfActiveInstances",
          "nrOfCompletedInstances",
          "execution");

  private Variables() {}
}
