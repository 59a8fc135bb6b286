package org.runwright.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.runwright.access.People;
import org.runwright.access.Person;
import org.runwright.approval.Approval;
import org.runwright.approval.ApprovalRules;
import org.runwright.approval.ApprovalTasks;
import org.runwright.approval.Decision;
import org.runwright.run.RunLife;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Approvals as user tasks. */
@Component
class ApprovalUserTasks implements ApprovalTasks {

  private final ApprovalRules rules;
  private final RunLife life;
  private final People people;
  private final IdentityService identities;
  private final TaskService tasks;
  private final Clock clock;

  ApprovalUserTasks(
      ApprovalRules rules,
      RunLife life,
      @Lazy People people,
      IdentityService identities,
      TaskService tasks,
      Clock clock) {
    this.rules = rules;
    this.life = life;
    this.people = people;
    this.identities = identities;
    this.tasks = tasks;
    this.clock = clock;
  }

  void created(DelegateTask task) {
    String runId = task.getExecution().getProcessBusinessKey();
    List<String> groups = List.of(text(task, ApprovalDelegates.GROUPS).split(","));
    Instant now = clock.instant();
    rules.open(
        new Approval(
            task.getId(),
            runId,
            groups,
            (Integer) task.getVariable(ApprovalDelegates.QUORUM),
            Boolean.TRUE.equals(task.getVariable(ApprovalDelegates.FOUR_EYES)),
            text(task, Variables.PLAN_TEXT),
            now,
            now.plus(Duration.parse(text(task, ApprovalDelegates.TIMEOUT)))));
    life.awaitApproval(runId, String.join(" or ", groups));
  }

  /** Whoever may not decide may not claim either. */
  void assigned(DelegateTask task) {
    Optional<Approval> approval = rules.waiting(task.getId());
    if (task.getAssignee() != null && approval.isPresent()) {
      rules.check(person(task.getAssignee()), approval.get());
    }
  }

  void completing(DelegateTask task) {
    Authentication who = identities.getCurrentAuthentication();
    if (who == null || who.getUserId() == null) {
      throw new IllegalStateException("nobody is logged in, so nobody can be said to have decided");
    }
    rules.decide(task.getId(), person(who.getUserId()), verdict(task), comment(task));
    life.goOn(task.getExecution().getProcessBusinessKey());
  }

  void gone(DelegateTask task) {
    rules.close(task.getId());
    String runId = task.getExecution().getProcessBusinessKey();
    if (life.lock(runId).state() == org.runwright.run.RunState.AWAITING_APPROVAL) {
      life.goOn(runId);
    }
  }

  @Override
  public void complete(
      String approvalId, Person person, Decision.Verdict verdict, Optional<String> comment) {
    Map<String, Object> form = new HashMap<>();
    form.put(Variables.DECISION, verdict.name().toLowerCase(java.util.Locale.ROOT));
    form.put(Variables.COMMENT, comment.orElse(null));
    identities.setAuthentication(person.name(), List.copyOf(person.groups()));
    try {
      tasks.complete(approvalId, form);
    } finally {
      identities.clearAuthentication();
    }
  }

  private Person person(String name) {
    return people.find(name).orElse(new Person(name, Set.of()));
  }

  private static Decision.Verdict verdict(DelegateTask task) {
    Object decision = task.getVariable(Variables.DECISION);
    if ("approve".equals(decision)) {
      return Decision.Verdict.APPROVE;
    }
    if ("reject".equals(decision)) {
      return Decision.Verdict.REJECT;
    }
    throw new IllegalArgumentException("decision must be approve or reject, not " + decision);
  }

  private static Optional<String> comment(DelegateTask task) {
    return Optional.ofNullable(task.getVariable(Variables.COMMENT))
        .map(Object::toString)
        .filter(text -> !text.isBlank());
  }

  private static String text(DelegateTask task, String variable) {
    return Optional.ofNullable(task.getVariable(variable)).map(Object::toString).orElse("");
  }
}
