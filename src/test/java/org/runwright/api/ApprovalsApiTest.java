package org.runwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Approvals over REST. */
class ApprovalsApiTest extends ApiTest {

  @Test
  void what_waits_is_told_to_who_may_decide_and_decided_by_them() {
    String run = approved();
    String id = awaitApproval(run);

    JsonNode approval = find(as("approver").get("/api/approvals"), id);
    assertThat(approval.path("run").path("requestedBy").asText()).isEqualTo("operator");
    assertThat(approval.path("groups").get(0).asText()).isEqualTo("approver");
    assertThat(approval.path("fourEyes").asBoolean()).isTrue();
    assertThat(approval.path("quorum").asInt()).isEqualTo(1);
    assertThat(approval.path("until").asText()).isGreaterThan(approval.path("since").asText());
    for (String other : List.of("operator", "viewer")) {
      assertThat(find(as(other).get("/api/approvals"), id).isMissingNode()).isTrue();
      problem(decide(other, id, "approve"), 403);
    }

    assertThat(decide("approver", id, "approve").statusCode()).isEqualTo(204);

    awaitState(run, "SUCCEEDED");
    problem(decide("approver", id, "approve"), 404);
  }

  @Test
  void a_run_is_rejected_with_a_comment() {
    String run = approved();
    String id = awaitApproval(run);

    String body = json(Map.of("decision", "reject", "comment", "not on a Friday"));
    assertThat(as("approver").post("/api/approvals/" + id, body).statusCode()).isEqualTo(204);

    assertThat(awaitState(run, "REJECTED").path("message").asText()).contains("not on a Friday");
  }

  @Test
  void a_decision_is_approve_or_reject() {
    String run = approved();
    String id = awaitApproval(run);

    for (String decision : List.of("yes", "", "APPROVE", "approve; touch pwned")) {
      JsonNode problem = problem(decide("approver", id, decision), 422);
      assertThat(problem.path("errors").get(0).path("field").asText()).isEqualTo("decision");
    }
    problem(as("approver").post("/api/approvals/" + id, "{}"), 422);
    problem(as("approver").post("/api/approvals/nope", "{\"decision\":\"approve\"}"), 404);
    assertThat(run(run).path("state").asText()).isEqualTo("AWAITING_APPROVAL");
    cancel(run);
  }

  @Test
  void four_eyes_keep_even_an_admin_from_deciding_about_their_own_run() {
    HttpResponse<String> asked =
        as("admin")
            .post(
                "/api/runbooks/approved-command/runs",
                json(Map.of("inputs", Map.of("file", newFile().toString()))));
    String run = accepted(asked);
    String id = awaitApproval(run);

    assertThat(problem(decide("admin", id, "approve"), 403).path("detail").asText())
        .contains("four eyes");
    cancel(run);
  }

  @Test
  void of_two_decisions_at_the_same_moment_one_counts_and_the_other_is_told() {
    String run = approved();
    String id = awaitApproval(run);

    List<Integer> answers =
        Stream.of("approver", "admin")
            .map(
                person ->
                    CompletableFuture.supplyAsync(() -> decide(person, id, "approve").statusCode()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).contains(204).allSatisfy(s -> assertThat(s).isIn(204, 404, 409));
    assertThat(answers.stream().filter(status -> status == 204)).hasSize(1);
    awaitState(run, "SUCCEEDED");
  }

  private HttpResponse<String> decide(String person, String id, String decision) {
    return as(person).post("/api/approvals/" + id, json(Map.of("decision", decision)));
  }

  private static JsonNode find(HttpResponse<String> list, String id) {
    for (JsonNode approval : parse(list.body()).path("approvals")) {
      if (approval.path("id").asText().equals(id)) {
        return approval;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }
}
