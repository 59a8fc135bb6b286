package org.runwright.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Runs over REST: asked for, looked at, cancelled, their steps retried and skipped. */
class RunsApiTest extends ApiTest {

  @Test
  void a_run_is_accepted_told_where_it_is_and_seen_to_its_end() {
    Path file = newFile();

    HttpResponse<String> answer = submit("slow-command", Map.of("file", file.toString()));

    String id = accepted(answer);
    assertThat(answer.headers().firstValue("Location")).hasValue("/api/runs/" + id);
    JsonNode run = awaitState(id, "SUCCEEDED");
    assertThat(run.path("runbook").asText()).isEqualTo("slow-command");
    assertThat(run.path("requestedBy").asText()).isEqualTo("operator");
    assertThat(run.path("reason").asText()).isEqualTo("because of the test");
    assertThat(run.path("inputs").path("file").asText()).isEqualTo(file.toString());
    assertThat(run.path("startedAt").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(run.path("steps")).hasSize(1);
    JsonNode step = run.path("steps").get(0);
    assertThat(step.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(step.path("host").asText()).isEqualTo("db1");
    assertThat(step.path("exitCode").asInt(-1)).isZero();
    assertThat(step.path("attempt").asInt()).isEqualTo(1);
    assertThat(file).hasContent("done");
  }

  @Test
  void the_log_is_what_the_commands_wrote() {
    String id = slow("0");
    String step = awaitState(id, "SUCCEEDED").path("steps").get(0).path("id").asText();

    HttpResponse<String> whole = as("viewer").get("/api/runs/" + id + "/log");
    assertThat(whole.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
    assertThat(whole.body())
        .isEqualTo(
            "Sleep, then leave a line on db1 | began\nSleep, then leave a line on db1 | done\n");
    assertThat(as("viewer").get("/api/runs/" + id + "/log?step=" + step).body())
        .isEqualTo("began\ndone\n");
    assertThat(as("viewer").get("/api/runs/" + id + "/log?q=DON").body())
        .as("of all lines those that contain the text")
        .endsWith("| done\n")
        .doesNotContain("began");
    assertThat(as("viewer").get("/api/runs/" + id + "/log?q=n&limit=1&step=" + step).body())
        .startsWith("began\n(the first 1 lines");
    assertThat(as("viewer").get("/api/runs/" + id + "/log?q=nowhere").body()).isEmpty();
    problem(as("viewer").get("/api/runs/" + id + "/log?q=x&limit=0"), 422);
    problem(as("viewer").get("/api/runs/" + id + "/log?step=nope"), 404);
    problem(as("viewer").get("/api/runs/nope/log"), 404);
  }

  @Test
  void the_same_key_means_the_same_run_and_another_request_under_it_is_refused() {
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    String path = "/api/runbooks/slow-command/runs";
    String body = json(Map.of("inputs", Map.of("file", newFile().toString())));

    HttpResponse<String> first = as("operator").post(path, body, key);
    HttpResponse<String> again = as("operator").post(path, body, key);

    assertThat(accepted(again)).isEqualTo(accepted(first));
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    String other = json(Map.of("inputs", Map.of("file", "other")));
    problem(as("operator").post(path, other, key), 422);
    assertThat(accepted(as("admin").post(path, body, key))).isNotEqualTo(accepted(first));
    for (String bad : List.of(" ", "a b", "x".repeat(256))) {
      problem(as("operator").post(path, body, Map.of("Idempotency-Key", bad)), 422);
    }
  }

  @Test
  void runs_are_listed_newest_first_page_by_page_without_gap_or_repetition() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(0, slow("0"));
    }

    List<String> listed = new ArrayList<>();
    String after = "";
    while (listed.size() < 5) {
      JsonNode page =
          parse(as("viewer").get("/api/runs?runbook=slow-command&limit=2" + after).body());
      assertThat(page.path("runs").size()).isLessThanOrEqualTo(2);
      page.path("runs").forEach(run -> listed.add(run.path("id").asText()));
      after = "&after=" + page.path("next").asText();
    }

    assertThat(listed.subList(0, 5)).containsExactlyElementsOf(made);
    made.forEach(id -> awaitState(id, "SUCCEEDED"));
    JsonNode succeeded = parse(as("viewer").get("/api/runs?state=SUCCEEDED&limit=200").body());
    assertThat(succeeded.path("runs"))
        .isNotEmpty()
        .allSatisfy(run -> assertThat(run.path("state").asText()).isEqualTo("SUCCEEDED"));
    assertThat(succeeded.has("next")).isFalse();
    assertThat(parse(as("viewer").get("/api/runs?runbook=nope").body()).path("runs")).isEmpty();
  }

  @Test
  void a_list_is_refused_for_what_cannot_be() {
    for (String query : List.of("limit=0", "limit=201", "state=DONE", "after=nope")) {
      JsonNode problem = problem(as("viewer").get("/api/runs?" + query), 422);
      assertThat(problem.path("errors").get(0).path("field").asText())
          .isEqualTo(query.substring(0, query.indexOf('=')));
    }
    JsonNode problem = problem(as("viewer").get("/api/runs?limit=many"), 400);
    assertThat(problem.path("errors").get(0).path("field").asText()).isEqualTo("limit");
  }

  @Test
  void a_run_is_cancelled_once() {
    String id = slow("600.1");
    awaitState(id, "RUNNING");
    String path = "/api/runs/" + id + "/cancel";

    assertThat(accepted(as("operator").post(path, "{\"reason\":\"enough\",\"compensate\":false}")))
        .isEqualTo(id);

    JsonNode run = awaitState(id, "CANCELLED");
    assertThat(run.path("cancelledBy").asText()).isEqualTo("operator");
    assertThat(run.path("message").asText()).contains("enough");
    problem(as("operator").post(path, "{\"reason\":\"again\"}"), 409);
    problem(as("operator").post("/api/runs/nope/cancel", "{\"reason\":\"enough\"}"), 404);
    JsonNode problem = problem(as("operator").post(path, "{}"), 422);
    assertThat(problem.path("errors").get(0).path("field").asText()).isEqualTo("reason");
  }

  @Test
  void a_failed_step_is_retried_with_a_reason_that_is_kept() throws IOException {
    Path file = newFile();
    String id = failing(file);
    JsonNode failed = awaitState(id, "SUSPENDED").path("steps").get(0);
    assertThat(failed.path("awaitsPerson").asBoolean()).isTrue();
    Files.createFile(file);

    accepted(
        as("operator").post(step(id, failed, "retry"), "{\"reason\":\"the file is there now\"}"));

    JsonNode run = awaitState(id, "SUCCEEDED");
    assertThat(run.path("steps")).hasSize(2);
    assertThat(run.path("steps").get(0).path("message").asText())
        .endsWith("retried by operator: the file is there now");
    assertThat(run.path("steps").get(1).path("attempt").asInt()).isEqualTo(2);
    problem(as("operator").post(step(id, failed, "retry"), "{\"reason\":\"once more\"}"), 409);
  }

  @Test
  void a_failed_step_is_skipped_with_a_reason_that_is_kept() {
    String id = failing(newFile());
    JsonNode failed = awaitState(id, "SUSPENDED").path("steps").get(0);
    problem(as("operator").post(step(id, failed, "skip"), "{\"reason\":\" \"}"), 422);

    accepted(as("operator").post(step(id, failed, "skip"), "{\"reason\":\"done by hand\"}"));

    JsonNode run = awaitState(id, "SUCCEEDED");
    assertThat(run.path("steps").get(0).path("state").asText()).isEqualTo("SKIPPED");
    assertThat(run.path("steps").get(0).path("message").asText())
        .endsWith("skipped by operator: done by hand");
  }

  @Test
  void a_step_is_found_only_in_its_own_run() {
    String id = slow("0");
    JsonNode step = awaitState(id, "SUCCEEDED").path("steps").get(0);
    String other = slow("0");

    problem(as("operator").post(step(other, step, "skip"), "{\"reason\":\"x\"}"), 404);
    awaitState(other, "SUCCEEDED");
  }

  @Test
  void runbooks_are_told_with_their_inputs_as_json_schema() {
    JsonNode runbooks = parse(as("viewer").get("/api/runbooks").body());
    assertThat(runbooks.path("runbooks").findValuesAsText("id"))
        .contains("start-platform", "slow-command");

    JsonNode runbook = parse(as("operator").get("/api/runbooks/start-platform").body());
    assertThat(runbook.path("mayRun").asBoolean()).isTrue();
    assertThat(runbook.path("inputs").path("$schema").asText()).contains("2020-12");
    assertThat(runbook.path("inputs").path("properties").path("services").path("type").asText())
        .isEqualTo("array");
    assertThat(runbook.path("timeout").asText()).isEqualTo("PT1H");
    assertThat(
            parse(as("viewer").get("/api/runbooks/start-platform").body())
                .path("mayRun")
                .asBoolean())
        .isFalse();
    problem(as("viewer").get("/api/runbooks/nope"), 404);
    problem(as("operator").post("/api/runbooks/nope/runs", "{}"), 404);
  }

  @Test
  void the_platform_is_told_with_the_state_last_seen_and_without_secrets() {
    awaitState(slow("0"), "SUCCEEDED");

    JsonNode services = parse(as("viewer").get("/api/services").body());
    assertThat(services.path("services").findValuesAsText("name"))
        .containsExactly("database", "application", "network", "crm");
    assertThat(services.path("services").get(1).path("dependsOn").get(0).asText())
        .isEqualTo("database");
    assertThat(services.path("services").get(0).path("hosts").get(0).path("state").asText())
        .isNotBlank();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              String hosts = as("viewer").get("/api/hosts").body();
              assertThat(hosts).contains("\"reachable\":true").doesNotContain("ansible", "key");
            });
  }

  private static String step(String run, JsonNode step, String what) {
    return "/api/runs/" + run + "/steps/" + step.path("id").asText() + "/" + what;
  }
}
