package org.runwright.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.runwright.approval.ApprovalRules;
import org.runwright.approval.Decision;
import org.runwright.approval.Decision.Verdict;
import org.runwright.run.Run;
import org.runwright.run.Runs;
import org.runwright.runbook.ApprovalRule;
import org.runwright.runbook.ApprovalRule.OnTimeout;
import org.runwright.runbook.Runbook;
import org.runwright.runbook.Runbooks;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The delegates of processes/approval.bpmn. */
@Configuration(proxyBeanMethods = false)
class ApprovalDelegates {

  static final String GROUPS = "approvalGroups";
  static final String TIMEOUT = "approvalTimeout";
  static final String QUORUM = "approvalQuorum";
  static final String FOUR_EYES = "approvalFourEyes";
  static final String ON_TIMEOUT = "approvalOnTimeout";

  /**
   * Sets {@code approvalNeeded} and, if so, the rule that holds for this run whatever becomes of
   * the descriptor meanwhile; else {@code approved}.
   */
  @Bean
  JavaDelegate decideApproval(Runbooks runbooks, Runs runs, ApprovalNeed need) {
    return execution -> {
      Run run = runs.get(execution.getProcessBusinessKey());
      Optional<ApprovalRule> rule =
          runbooks
              .find(run.runbook())
              .flatMap(Runbook::approval)
              .filter(found -> need.asks(found, run));
      execution.setVariable("approvalNeeded", rule.isPresent());
      execution.setVariable(Variables.APPROVED, rule.isEmpty());
      execution.setVariable(Variables.REJECTION, null);
      rule.ifPresent(found -> put(execution, found));
    };
  }

  /**
   * Sets {@code approved}, {@code rejection} and {@code approvalComplete} by what people decided.
   */
  @Bean
  JavaDelegate countApproval(ApprovalRules rules) {
    return execution -> {
      List<Decision> decisions = rules.decisions(execution.getProcessBusinessKey());
      Optional<Decision> no =
          decisions.stream().filter(decision -> decision.verdict() == Verdict.REJECT).findFirst();
      long yes = decisions.stream().filter(d -> d.verdict() == Verdict.APPROVE).count();
      Integer quorum = (Integer) execution.getVariable(QUORUM);
      boolean approved = no.isEmpty() && yes >= quorum;
      execution.setVariable(Variables.APPROVED, approved);
      execution.setVariable("approvalComplete", approved || no.isPresent());
      no.ifPresent(
          found -> execution.setVariable(Variables.REJECTION, Texts.head(rejection(found))));
    };
  }

  /** Sets {@code approved} and {@code rejection} by the rule for time-outs. */
  @Bean
  JavaDelegate approvalTimedOut() {
    return execution -> {
      boolean approve = OnTimeout.APPROVE.name().equals(execution.getVariable(ON_TIMEOUT));
      execution.setVariable(Variables.APPROVED, approve);
      if (!approve) {
        execution.setVariable(
            Variables.REJECTION, "nobody decided within " + execution.getVariable(TIMEOUT));
      }
    };
  }

  private static void put(DelegateExecution execution, ApprovalRule rule) {
    execution.setVariable(GROUPS, rule.groups().stream().collect(Collectors.joining(",")));
    execution.setVariable(TIMEOUT, rule.timeout().toString());
    execution.setVariable(QUORUM, rule.quorum());
    execution.setVariable(FOUR_EYES, rule.fourEyes());
    execution.setVariable(ON_TIMEOUT, rule.onTimeout().name());
  }

  private static String rejection(Decision decision) {
    return "rejected by "
        + decision.person()
        + decision.comment().map(comment -> ": " + comment).orElse("");
  }
}
