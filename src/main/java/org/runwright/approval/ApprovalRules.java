package org.runwright.approval;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.runwright.access.Person;
import org.runwright.run.Runs;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who may decide about a run, and when enough have. The engine asks on every way a decision can
 * come, Tasklist and REST alike, so that the rule cannot be stepped around. Thread-safe.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class ApprovalRules {

  private static final int LONGEST_COMMENT = 2000;

  private final Approvals approvals;
  private final Runs runs;
  private final Clock clock;

  ApprovalRules(Approvals approvals, Runs runs, Clock clock) {
    this.approvals = approvals;
    this.runs = runs;
    this.clock = clock;
  }

  /** A run waits now. */
  public void open(Approval approval) {
    approvals.open(approval);
  }

  /** It does not wait any more. */
  public void close(String approvalId) {
    approvals.close(approvalId);
  }

  /** Why this person may not decide; empty if nothing stands against it. */
  public Optional<ApprovalRefused> obstacle(Person person, Approval approval) {
    String name = person.name();
    if (!person.isInAny(approval.groups())) {
      String groups = String.join(", ", approval.groups());
      return refused(name + " may not decide; that takes one of the groups " + groups, true);
    }
    if (approval.fourEyes() && runs.get(approval.runId()).requestedBy().equals(name)) {
      return refused(
          "four eyes: " + name + " asked for this run; someone else has to decide about it", true);
    }
    boolean before =
        approvals.decisions(approval.runId()).stream()
            .anyMatch(decision -> decision.person().equals(name));
    if (before) {
      return refused(
          name + " has decided already; the approval of another person is needed", false);
    }
    return Optional.empty();
  }

  /**
   * @throws ApprovalRefused if the person may not decide
   */
  public void check(Person person, Approval approval) {
    obstacle(person, approval)
        .ifPresent(
            refused -> {
              throw refused;
            });
  }

  private static Optional<ApprovalRefused> refused(String message, boolean forbidden) {
    return Optional.of(new ApprovalRefused(message, forbidden));
  }

  /**
   * Writes a decision.
   *
   * @throws ApprovalRefused if the person may not decide, or the approval does not wait any more
   */
  public void decide(
      String approvalId, Person person, Decision.Verdict verdict, Optional<String> comment) {
    Approval approval =
        approvals
            .waiting(approvalId)
            .orElseThrow(
                () -> new ApprovalRefused("approval " + approvalId + " does not wait", false));
    check(person, approval);
    if (comment.map(String::length).orElse(0) > LONGEST_COMMENT) {
      throw new ApprovalRefused(
          "the comment is longer than " + LONGEST_COMMENT + " characters", false);
    }
    approvals.add(
        new Decision(
            approval.runId(),
            person.name(),
            verdict,
            comment.map(text -> text.replace('\0', '\uFFFD')),
            clock.instant()));
    approvals.close(approvalId);
  }

  public Optional<Approval> waiting(String approvalId) {
    return approvals.waiting(approvalId);
  }

  public List<Decision> decisions(String runId) {
    return approvals.decisions(runId);
  }
}
