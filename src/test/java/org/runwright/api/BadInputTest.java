package org.runwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that are meant to do harm, in every place that takes a text. */
class BadInputTest extends ApiTest {

  private static final String RUNS = "/api/runbooks/slow-command/runs";
  private static final int MEGABYTE = 1 << 20;

  static List<String> hostile() {
    return List.of(
        "; touch pwned",
        "$(touch pwned)",
        "`touch pwned`",
        "a\ntouch pwned",
        "'; touch pwned; '",
        "\"; touch pwned; \"",
        "${execution.setVariable('pwned', true)}",
        "#{runwright}",
        "<script>alert(1)</script>",
        "' or 1=1 --",
        "../../etc/passwd",
        "\u202etxt.exe \ud83d\ude80");
  }

  @AfterEach
  void nothing_was_carried_out() {
    assertThat(Files.exists(Path.of("pwned"))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void a_hostile_reason_is_a_literal(String text) {
    String id =
        accepted(
            as("operator")
                .post(
                    RUNS,
                    json(Map.of("reason", text, "inputs", Map.of("file", newFile().toString())))));

    assertThat(awaitState(id, "SUCCEEDED").path("reason").asText()).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void a_hostile_reason_to_skip_or_cancel_is_a_literal(String text) {
    String id = failing(newFile());
    String step = awaitState(id, "SUSPENDED").path("steps").get(0).path("id").asText();
    String reason = json(Map.of("reason", text));

    accepted(as("operator").post("/api/runs/" + id + "/steps/" + step + "/skip", reason));

    assertThat(awaitState(id, "SUCCEEDED").path("steps").get(0).path("message").asText())
        .endsWith(text);
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void a_hostile_comment_is_a_literal(String text) {
    String run = approved();
    String approval = awaitApproval(run);

    String decision = json(Map.of("decision", "reject", "comment", text));
    assertThat(as("approver").post("/api/approvals/" + approval, decision).statusCode())
        .isEqualTo(204);

    assertThat(awaitState(run, "REJECTED").path("message").asText()).contains(text);
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void a_hostile_name_is_the_name_of_nothing(String text) {
    String name = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");

    for (String path :
        List.of(
            "/api/runs/" + name,
            "/api/runs/" + name + "/events",
            "/api/runs/" + name + "/log",
            "/api/runbooks/" + name)) {
      assertThat(as("admin").get(path).statusCode()).as(path).isIn(400, 404);
    }
    for (String query : List.of("state=", "after=")) {
      problem(as("admin").get("/api/runs?" + query + name), 422);
    }
    assertThat(parse(as("admin").get("/api/runs?runbook=" + name).body()).path("runs")).isEmpty();
    assertThat(
            as("admin").post("/api/approvals/" + name, "{\"decision\":\"approve\"}").statusCode())
        .isIn(400, 404);
    problem(submit("start-platform", Map.of("services", List.of(text), "reason", "x")), 422);
  }

  @Test
  void nul_is_refused_by_name() {
    JsonNode problem =
        problem(
            as("operator")
                .post(RUNS, json(Map.of("reason", "a\0b", "inputs", Map.of("file", "f")))),
            422);
    assertThat(problem.path("errors").get(0).path("field").asText()).isEqualTo("reason");
    problem = problem(submit("slow-command", Map.of("file", "a\0b")), 422);
    assertThat(problem.path("errors").get(0).path("field").asText()).isEqualTo("inputs.file");
    for (String query : List.of("?runbook=a%00b", "?after=a%00b", "?state=a%00b")) {
      problem(as("operator").get("/api/runs" + query), 422);
    }
    assertThat(as("operator").get("/api/runs/a%00b").statusCode()).isEqualTo(400);
  }

  @Test
  void a_megabyte_of_text_is_refused_wherever_it_stands() {
    String almost = "x".repeat(MEGABYTE - 500);
    for (String body :
        List.of(
            json(Map.of("reason", almost, "inputs", Map.of("file", "f"))),
            json(Map.of("inputs", Map.of("file", almost))),
            json(Map.of("inputs", Map.of("file", "f", "x".repeat(40_000), "x"))))) {
      HttpResponse<String> answer = as("operator").post(RUNS, body);
      problem(answer, 422);
      assertThat(answer.body().length()).as("does not send it all back").isLessThan(5_000);
    }
    String more = json(Map.of("reason", "x".repeat(MEGABYTE)));
    assertThat(problem(as("operator").post(RUNS, more), 413).path("detail").asText())
        .contains("1048576 bytes");
    problem(as("operator").post("/api/runs/nope/cancel", more), 413);
    problem(as("approver").post("/api/approvals/nope", more), 413);
  }

  @Test
  void what_is_not_the_json_of_the_call_is_told() {
    for (String body : List.of("", "{", "[]", "null", "\"text\"", "{} {}", "{\"inputs\":[]}")) {
      problem(as("operator").post(RUNS, body), 400);
    }
    JsonNode typo = problem(as("operator").post(RUNS, "{\"input\":{}}"), 422);
    assertThat(typo.path("errors").get(0).path("field").asText()).isEqualTo("input");
    problem(as("operator").post(RUNS, "{\"reason\":\"a\",\"reason\":\"b\"}"), 400);
    problem(as("operator").post(RUNS, "{\"inputs\":" + "[".repeat(5_000)), 400);
    problem(as("operator").post(RUNS, "a=b", Map.of("Content-Type", "text/plain")), 415);
    problem(as("operator").send("DELETE", "/api/runs", "", Map.of()), 405);
    problem(as("operator").get("/api/nothing"), 404);
    problem(as("operator").get("/api/runs", Map.of("Accept", "application/pdf")), 406);
  }
}
