package org.runwright.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** One login, at every door. */
class LoginTest extends DemoServerTest {

  private static final String COCKPIT = "/camunda/app/cockpit/default/";
  private static final Map<String, String> AS_BROWSER = Map.of("Accept", "text/html");

  private final IdentityService identity;

  @Autowired
  LoginTest(IdentityService identity) {
    this.identity = identity;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/runs",
        "/engine-rest/process-definition",
        "/engine-rest/engine/default/process-definition",
        "/engine-rest//task",
        "/engine-rest/",
        "/actuator/prometheus",
        "/actuator/info",
        "/v3/api-docs",
        "/v3/api-docs.yaml"
      })
  void nobody_gets_in_where_tools_do(String path) {
    HttpResponse<String> answer = Doors.nobody(port).get(path);

    assertThat(answer.statusCode()).isIn(400, 401);
    if (answer.statusCode() == 401) {
      assertThat(Doors.header(answer, "Content-Type")).startsWith("application/problem+json");
      assertThat(Doors.header(answer, "WWW-Authenticate")).startsWith("Basic");
      assertThat(answer.body()).contains("log in with HTTP Basic, or in a browser at /login");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        COCKPIT,
        "/camunda/app/admin/default/",
        "/camunda/",
        "/swagger-ui.html",
        "/swagger-ui/index.html",
        "/anything"
      })
  void pages_lead_to_the_login(String path) {
    HttpResponse<String> answer = Doors.nobody(port).get(path, AS_BROWSER);

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(Doors.header(answer, "Location")).endsWith("/login");
  }

  @Test
  void calls_of_camundas_pages_are_refused_not_led_to_the_login() {
    assertThat(Doors.nobody(port).get("/camunda/api/engine/engine/default/task").statusCode())
        .isEqualTo(401);
  }

  @Test
  void health_is_open() {
    assertThat(Doors.nobody(port).get("/actuator/health").statusCode()).isEqualTo(200);
    assertThat(Doors.nobody(port).get("/actuator/health/readiness").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/engine-rest/process-definition", "/actuator/prometheus", "/v3/api-docs"})
  void basic_opens_the_doors_of_tools_without_a_session(String path) {
    HttpResponse<String> answer = Doors.tool(port, "viewer").get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void one_login_leads_back_to_the_page_and_opens_all_of_them() {
    Doors browser = Doors.nobody(port);
    browser.get(COCKPIT, AS_BROWSER);

    HttpResponse<String> answer = browser.logIn("operator", "operator");

    assertThat(Doors.header(answer, "Location")).endsWith(COCKPIT);
    assertThat(Doors.header(answer, "Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
    for (String path :
        List.of(
            COCKPIT,
            "/camunda/app/tasklist/default/",
            "/camunda/app/welcome/default/",
            "/swagger-ui/index.html")) {
      assertThat(browser.get(path, AS_BROWSER).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(get(browser)).isEqualTo(200);
    assertThat(browser.get("/actuator/prometheus").statusCode()).isEqualTo(200);
    assertThat(browser.get("/camunda/api/engine/engine/default/process-definition").statusCode())
        .isEqualTo(200);
    assertThat(browser.get("/camunda/api/admin/auth/user/default").body())
        .contains("\"userId\":\"operator\"", "cockpit", "tasklist")
        .doesNotContain("\"admin\"");
  }

  @Test
  void only_admins_open_admin() {
    assertThat(get("viewer", "/camunda/app/admin/default/")).isEqualTo(403);
    assertThat(get("approver", "/camunda/app/admin/default/")).isEqualTo(403);
    assertThat(get("operator", "/camunda/app/admin/default/")).isEqualTo(403);
    assertThat(get("admin", "/camunda/app/admin/default/")).isEqualTo(200);
  }

  @Test
  void logging_out_of_camunda_logs_out_everywhere() {
    Doors browser = Doors.browser(port, "operator");
    Map<String, String> token = browser.camundaToken();

    assertThat(browser.post("/camunda/api/admin/auth/user/default/logout", "", token).statusCode())
        .isEqualTo(200);

    assertThat(browser.get(COCKPIT, AS_BROWSER).statusCode()).isEqualTo(302);
    assertThat(browser.get("/v3/api-docs").statusCode()).isEqualTo(401);
  }

  @Test
  void camundas_own_protection_against_forged_requests_stays() {
    Doors browser = Doors.browser(port, "admin");
    browser.camundaToken();

    HttpResponse<String> answer =
        browser.post("/camunda/api/engine/engine/default/process-instance/count", "{}");

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void a_session_does_not_open_the_engines_rest_interface() {
    assertThat(Doors.browser(port, "admin").get("/engine-rest/task").statusCode()).isEqualTo(401);
  }

  @Test
  void changes_by_a_session_need_the_token() {
    HttpResponse<String> answer = Doors.browser(port, "operator").post("/api/anything", "{}");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("CSRF token", "/api/me");
  }

  @Test
  void a_browser_that_remembers_basic_is_not_used_by_other_sites() {
    Doors tool = Doors.tool(port, "admin");

    for (String path : List.of("/engine-rest/process-instance/count", "/api/anything")) {
      assertThat(tool.post(path, "{}", Map.of("Origin", "http://evil.example")).statusCode())
          .isEqualTo(403);
      assertThat(tool.post(path, "{}", Map.of("Origin", "null")).statusCode()).isEqualTo(403);
    }
    assertThat(
            tool.post(
                    "/engine-rest/process-instance/count",
                    "{}",
                    Map.of("Origin", "http://127.0.0.1:" + port))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void nobody_makes_an_administrator_by_camundas_setup() {
    Doors browser = Doors.browser(port, "viewer");
    String user = "{\"profile\":{\"id\":\"evil\"},\"credentials\":{\"password\":\"evil\"}}";

    HttpResponse<String> answer =
        browser.post("/camunda/api/admin/setup/default/user/create", user, browser.camundaToken());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(identity.createUserQuery().userId("evil").count()).isZero();
  }

  @Test
  void a_wrong_password_is_refused_and_locks_the_name_for_seconds_only() {
    make("forgetful", "viewer");

    HttpResponse<String> wrong =
        Doors.tool(port, "forgetful", "wrong").get("/engine-rest/process-definition");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).contains("name or password is wrong").doesNotContain("forgetful");
    assertThat(get(Doors.tool(port, "forgetful"))).isEqualTo(401);

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> get(Doors.tool(port, "forgetful")) == 200);
  }

  @Test
  void changed_groups_and_removed_people_take_effect_in_open_sessions() {
    make("leaver", "viewer");
    Doors browser = Doors.browser(port, "leaver");
    assertThat(get(browser)).isEqualTo(200);

    identity.deleteUser("leaver");

    assertThat(get(browser)).isEqualTo(401);
    assertThat(get(browser, COCKPIT)).isEqualTo(302);
  }

  @Test
  void a_new_login_in_the_same_browser_replaces_the_person_for_camunda_too() {
    Doors browser = Doors.browser(port, "admin");
    assertThat(get(browser, COCKPIT)).isEqualTo(200);

    browser.logIn("viewer", "viewer");

    assertThat(browser.get("/camunda/api/admin/auth/user/default").body())
        .doesNotContain("\"userId\":\"admin\"");
    assertThat(get(browser, "/camunda/app/admin/default/")).isEqualTo(403);
  }

  @Test
  void answers_carry_the_headers_that_protect_browsers() {
    HttpResponse<String> login = Doors.nobody(port).get("/login");
    assertThat(Doors.header(login, "Content-Security-Policy")).contains("frame-ancestors 'self'");
    assertThat(Doors.header(login, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(Doors.header(login, "X-Frame-Options")).isEqualTo("SAMEORIGIN");
    assertThat(Doors.header(login, "Cache-Control")).contains("no-store");
    assertThat(
            Doors.header(Doors.tool(port, "viewer").get("/v3/api-docs"), "X-Content-Type-Options"))
        .isEqualTo("nosniff");
  }

  private void make(String name, String group) {
    User user = identity.newUser(name);
    user.setPassword(name);
    identity.saveUser(user);
    identity.createMembership(name, group);
  }

  private int get(String name, String path) {
    return get(Doors.browser(port, name), path);
  }

  private static int get(Doors doors, String path) {
    return doors.get(path, AS_BROWSER).statusCode();
  }

  private static int get(Doors doors) {
    return doors.get("/v3/api-docs").statusCode();
  }
}
