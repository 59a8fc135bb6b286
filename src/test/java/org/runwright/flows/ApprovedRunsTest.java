package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.runwright.approval.Approval;
import org.runwright.approval.ApprovalRefused;
import org.runwright.approval.Decision.Verdict;
import org.runwright.lab.EmbeddedLab;
import org.runwright.run.Run;
import org.runwright.run.RunState;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Runs that people have to allow: given, refused, timed out; over REST's door and in Tasklist. */
@FlowTest
class ApprovedRunsTest {

  private static final EmbeddedLab LAB = EmbeddedLab.start();
  private static final Path PROCESSES = Flows.processes(LAB);

  private final Flows flows;
  private final TaskService tasks;
  private final IdentityService identities;

  ApprovedRunsTest(Flows flows, TaskService tasks, IdentityService identities) {
    this.flows = flows;
    this.tasks = tasks;
    this.identities = identities;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    LAB.settings().forEach((name, value) -> registry.add(name, () -> value));
    registry.add("runwright.processes-dir", PROCESSES::toString);
  }

  @AfterAll
  static void closeLab() {
    LAB.close();
  }

  private Run approved(String runbook, Path file) {
    return flows.submit(runbook, Map.of("file", file.toString()));
  }

  private static Path newFile() {
    return LAB.directory().resolve("file-" + UUID.randomUUID());
  }

  @Test
  void nothing_happens_before_the_approval_and_everything_after_it() {
    Path file = newFile();
    Run run = approved("approved-command", file);

    Approval approval = flows.awaitApproval(run.id());

    assertThat(file).doesNotExist();
    flows.approvals().decide(Flows.APPROVER, approval.id(), Verdict.APPROVE, Optional.of("fine"));
    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(file).hasContent("done");
  }

  @Test
  void a_refused_run_is_rejected_and_says_by_whom_and_why() {
    Path file = newFile();
    Run run = approved("approved-command", file);
    Approval approval = flows.awaitApproval(run.id());

    flows.approvals().decide(Flows.APPROVER, approval.id(), Verdict.REJECT, Optional.of("not now"));

    Run ended = flows.awaitEnd(run.id());
    assertThat(ended.state()).isEqualTo(RunState.REJECTED);
    assertThat(ended.message()).contains("rejected by approver: not now");
    assertThat(file).doesNotExist();
  }

  @Test
  void an_approval_that_nobody_gives_in_time_is_decided_by_the_rule() {
    Path file = newFile();
    Run run = approved("impatient-command", file);

    Run ended = flows.awaitEnd(run.id());

    assertThat(ended.state()).isEqualTo(RunState.REJECTED);
    assertThat(ended.message()).hasValueSatisfying(m -> assertThat(m).contains("nobody decided"));
    assertThat(file).doesNotExist();
  }

  @Test
  void who_asked_for_the_run_may_not_approve_it_in_tasklist_either() {
    Run run = approved("approved-command", newFile());
    Approval approval = flows.awaitApproval(run.id());

    assertThat(flows.approvals().waitingFor(Flows.OPERATOR)).isEmpty();
    identities.setAuthentication("operator", List.of("operator", "approver"));
    try {
      assertThatThrownBy(() -> tasks.complete(approval.id(), Map.of("decision", "approve")))
          .hasStackTraceContaining("may not decide");
    } finally {
      identities.clearAuthentication();
    }
    assertThat(flows.get(run.id()).state()).isEqualTo(RunState.AWAITING_APPROVAL);
    flows.cancel(run.id(), true);
    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.CANCELLED);
  }

  @Test
  void nobody_approves_without_being_logged_in() {
    Run run = approved("approved-command", newFile());
    Approval approval = flows.awaitApproval(run.id());

    assertThatThrownBy(() -> tasks.complete(approval.id(), Map.of("decision", "approve")))
        .hasStackTraceContaining("nobody is logged in");

    flows.cancel(run.id(), true);
  }

  @Test
  void a_quorum_of_two_takes_two_different_people() {
    Path file = newFile();
    Run run = approved("quorum-command", file);
    Approval first = flows.awaitApproval(run.id());
    flows.approvals().decide(Flows.APPROVER, first.id(), Verdict.APPROVE, Optional.empty());

    flows.awaitState(run.id(), RunState.AWAITING_APPROVAL);
    assertThat(flows.approvals().waitingFor(Flows.APPROVER))
        .noneMatch(waiting -> waiting.runId().equals(run.id()));
    Approval second =
        flows.approvals().waitingFor(Flows.ADMIN).stream()
            .filter(waiting -> waiting.runId().equals(run.id()))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(
            () ->
                flows
                    .approvals()
                    .decide(Flows.APPROVER, second.id(), Verdict.APPROVE, Optional.empty()))
        .isInstanceOf(ApprovalRefused.class);
    assertThat(Files.exists(file)).isFalse();

    flows.approvals().decide(Flows.ADMIN, second.id(), Verdict.APPROVE, Optional.empty());

    assertThat(flows.awaitEnd(run.id()).state()).isEqualTo(RunState.SUCCEEDED);
  }
}
