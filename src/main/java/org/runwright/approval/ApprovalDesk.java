package org.runwright.approval;

import java.util.List;
import java.util.Optional;
import org.runwright.access.Person;
import org.runwright.run.Durability;
import org.runwright.run.RunLife;
import org.runwright.run.RunRefused;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Where people see what waits for them, and decide. Thread-safe. */
@Service
public class ApprovalDesk {

  private final Approvals approvals;
  private final ApprovalRules rules;
  private final RunLife life;
  private final ApprovalTasks tasks;
  private final Durability durability;

  ApprovalDesk(
      Approvals approvals,
      ApprovalRules rules,
      RunLife life,
      ApprovalTasks tasks,
      Durability durability) {
    this.approvals = approvals;
    this.rules = rules;
    this.life = life;
    this.tasks = tasks;
    this.durability = durability;
  }

  /** What waits for this person, the oldest first. */
  @Transactional
  public List<Approval> waitingFor(Person person) {
    return approvals.waiting().stream()
        .filter(approval -> rules.obstacle(person, approval).isEmpty())
        .toList();
  }

  /**
   * Decides.
   *
   * @throws RunRefused if no such approval waits
   * @throws ApprovalRefused if this person may not decide about it
   */
  @Transactional
  public void decide(
      Person person, String approvalId, Decision.Verdict verdict, Optional<String> comment) {
    life.lock(waiting(approvalId).runId()); // of two at the same moment the second sees the first
    Approval approval = waiting(approvalId);
    rules.check(person, approval);
    durability.forceOnCommit();
    tasks.complete(approvalId, person, verdict, comment);
  }

  private Approval waiting(String approvalId) {
    return approvals
        .waiting(approvalId)
        .orElseThrow(
            () ->
                new RunRefused(
                    RunRefused.Cause.NOT_FOUND,
                    "no approval " + approvalId + " waits; it may have been decided already"));
  }
}
