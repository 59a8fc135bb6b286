package org.runwright.console;

import java.util.List;
import org.runwright.access.Person;
import org.runwright.approval.Approval;
import org.runwright.approval.ApprovalDesk;
import org.runwright.run.Run;
import org.runwright.run.RunControl;
import org.runwright.run.RunState;
import org.runwright.run.StepPages;
import org.runwright.run.StepSummary;
import org.springframework.stereotype.Component;

/**
 * What this person may do to a run now; only that is offered. Whoever asks for more is refused by
 * the rooms that do it. Thread-safe.
 */
@Component
class Actions {

  private static final int MOST_STEPS = 20;

  private final StepPages steps;
  private final ApprovalDesk approvals;

  Actions(StepPages steps, ApprovalDesk approvals) {
    this.steps = steps;
    this.approvals = approvals;
  }

  /**
   * What is offered.
   *
   * @param cancel whether the run can be cancelled and undone
   * @param leave whether it can be cancelled with what it changed left as it is
   * @param undoing whether that would stop an undo
   * @param resume whether all that waits can be tried again at once; a single step has its own way
   * @param decide steps that wait for a retry or a skip
   * @param key the same as long as the same is offered
   */
  record Offer(
      boolean cancel,
      boolean leave,
      boolean undoing,
      boolean resume,
      List<StepSummary> decide,
      List<Approval> approvals,
      String key) {}

  Offer of(Run run, Person person) {
    RunState state = run.state();
    boolean control = RunControl.mayControl(person) && !state.ended();
    boolean undoing = state == RunState.COMPENSATING;
    List<StepSummary> decide = control ? steps.awaitingPerson(run.id(), MOST_STEPS) : List.of();
    List<Approval> mine =
        state.ended()
            ? List.of()
            : approvals.waitingFor(person).stream()
                .filter(approval -> approval.runId().equals(run.id()))
                .toList();
    boolean leave =
        control && (undoing || state == RunState.RUNNING || state == RunState.SUSPENDED);
    boolean cancel = control && !undoing;
    boolean resume = control && state == RunState.SUSPENDED && decide.size() != 1;
    String key =
        "%s%s%s%s%s%s"
            .formatted(
                cancel ? 1 : 0,
                leave ? 1 : 0,
                resume ? 1 : 0,
                undoing ? 1 : 0,
                decide.stream().map(StepSummary::id).toList(),
                mine.stream().map(Approval::id).toList());
    return new Offer(
        cancel, leave, undoing, resume, decide, mine, Integer.toHexString(key.hashCode()));
  }
}
