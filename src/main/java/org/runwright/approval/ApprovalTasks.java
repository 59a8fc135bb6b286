package org.runwright.approval;

import java.util.Optional;
import org.runwright.access.Person;

/** What approvals need of the engine, which has them as user tasks. */
public interface ApprovalTasks {

  /**
   * Completes the user task as this person, which brings the decision back to {@link
   * ApprovalRules#decide}, as a completion in Tasklist does.
   */
  void complete(
      String approvalId, Person person, Decision.Verdict verdict, Optional<String> comment);
}
