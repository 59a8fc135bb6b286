package org.runwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runwright.access.Doors;
import org.springframework.beans.factory.annotation.Autowired;

/** Who may do what over REST. */
class ApiRightsTest extends ApiTest {

  private static final String NOPE = "/api/runs/nope";

  private final IdentityService identity;

  @Autowired
  ApiRightsTest(IdentityService identity) {
    this.identity = identity;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/runbooks",
        "/api/runbooks/start-platform",
        "/api/runs",
        "/api/approvals",
        "/api/services",
        "/api/hosts",
        "/api/me"
      })
  void every_group_may_look_and_nobody_else(String path) {
    for (String person : List.of("viewer", "operator", "approver", "admin")) {
      assertThat(as(person).get(path).statusCode()).as(person).isEqualTo(200);
    }
    problem(Doors.nobody(port).get(path), 401);
    problem(Doors.tool(port, "nobody", "x").get(path), 401);
    boolean aboutOneself = path.equals("/api/me") || path.equals("/api/approvals");
    assertThat(stranger().get(path).statusCode()).isEqualTo(aboutOneself ? 200 : 403);
  }

  /** 404 and 422: let in, and only then told that there is no such thing. */
  @ParameterizedTest
  @CsvSource({
    "viewer, 403, 403, 403, 404",
    "approver, 403, 403, 403, 404",
    "operator, 202, 404, 404, 404",
    "admin, 202, 404, 404, 404"
  })
  void operators_change_runs(String person, int run, int cancel, int retry, int approve) {
    String reason = "{\"reason\":\"because\"}";
    String inputs = json(Map.of("inputs", Map.of("file", newFile().toString())));

    HttpResponse<String> asked = as(person).post("/api/runbooks/slow-command/runs", inputs);
    assertThat(asked.statusCode()).isEqualTo(run);
    if (run == 202) {
      awaitState(accepted(asked), "SUCCEEDED");
    }
    assertThat(as(person).post(NOPE + "/cancel", reason).statusCode()).isEqualTo(cancel);
    assertThat(as(person).post(NOPE + "/steps/x/retry", reason).statusCode()).isEqualTo(retry);
    assertThat(as(person).post(NOPE + "/steps/x/skip", reason).statusCode()).isEqualTo(retry);
    assertThat(as(person).post("/api/approvals/nope", "{\"decision\":\"approve\"}").statusCode())
        .isEqualTo(approve);
    problem(Doors.nobody(port).post(NOPE + "/cancel", reason), 401);
  }

  @Test
  void a_browser_looks_with_its_session_and_changes_with_its_token() {
    Doors browser = Doors.browser(port, "operator");
    JsonNode me = parse(browser.get("/api/me").body());
    assertThat(me.path("name").asText()).isEqualTo("operator");
    assertThat(me.path("groups").toString()).isEqualTo("[\"operator\",\"viewer\"]");
    String path = "/api/runbooks/slow-command/runs";
    String body = json(Map.of("inputs", Map.of("file", newFile().toString())));

    problem(browser.post(path, body), 403);
    problem(browser.post(path, body, Map.of("X-CSRF-TOKEN", "guessed")), 403);

    Map<String, String> token =
        Map.of(me.path("csrf").path("header").asText(), me.path("csrf").path("token").asText());
    awaitState(accepted(browser.post(path, body, token)), "SUCCEEDED");
    assertThat(parse(as("operator").get("/api/me").body()).has("csrf")).isFalse();
  }

  @Test
  void a_person_of_a_group_that_the_runbook_names_may_run_it_and_no_other() {
    assertThat(stranger().post("/api/runbooks/start-platform/runs", "{}").statusCode())
        .isEqualTo(403);
  }

  private Doors stranger() {
    if (identity.createUserQuery().userId("stranger").count() == 0) {
      User user = identity.newUser("stranger");
      user.setPassword("stranger");
      identity.saveUser(user);
    }
    return Doors.tool(port, "stranger");
  }
}
