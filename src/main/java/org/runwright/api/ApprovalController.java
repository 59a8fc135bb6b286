package org.runwright.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.runwright.access.Person;
import org.runwright.approval.ApprovalDesk;
import org.runwright.approval.Decision.Verdict;
import org.runwright.run.Runs;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Runs that wait for people to allow them. */
@RestController
@RequestMapping("/api/approvals")
@Tag(name = "Approvals")
class ApprovalController {

  private final ApprovalDesk desk;
  private final Runs runs;

  ApprovalController(ApprovalDesk desk, Runs runs) {
    this.desk = desk;
    this.runs = runs;
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(operationId = "listApprovals", summary = "What waits for you, the oldest first")
  @ApiResponse(responseCode = "200", description = "Only what you may decide about")
  ApprovalList list(@AuthenticationPrincipal Person person) {
    return new ApprovalList(
        desk.waitingFor(person).stream()
            .map(approval -> ApprovalView.of(approval, runs.get(approval.runId())))
            .toList());
  }

  @PostMapping(path = "/{approval}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(operationId = "decideApproval", summary = "Approve or reject a run")
  @ApiResponse(responseCode = "204", description = "It is decided, or counts for the quorum")
  @ApiResponse(
      responseCode = "403",
      description = "You are in none of its groups, or asked for the run yourself (four eyes)",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  @ApiResponse(
      responseCode = "409",
      description = "You or someone else decided already",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  void decide(
      @AuthenticationPrincipal Person person,
      @PathVariable String approval,
      @RequestBody NewDecision body) {
    Verdict verdict =
        switch (Optional.ofNullable(body.decision()).orElse("")) {
          case "approve" -> Verdict.APPROVE;
          case "reject" -> Verdict.REJECT;
          default -> throw new InvalidRequest("decision", "must be approve or reject");
        };
    desk.decide(person, approval, verdict, Texts.optional("comment", body.comment()));
  }
}
