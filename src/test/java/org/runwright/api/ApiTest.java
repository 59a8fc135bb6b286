package org.runwright.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.runwright.access.Doors;
import org.runwright.flows.Flows;
import org.runwright.lab.EmbeddedLab;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole server over the embedded lab, asked over HTTP; one for all tests of the interface. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "runwright.access.demo-users=true",
      "runwright.worker.end-grace=PT1S",
      "runwright.api.heartbeat=PT1S",
      "runwright.api.max-streams=4"
    })
abstract class ApiTest {

  static final Duration LIMIT = Duration.ofSeconds(60);
  private static final EmbeddedLab LAB = EmbeddedLab.start();
  private static final Path PROCESSES = Flows.processes(LAB);
  private static final ObjectMapper JSON = new ObjectMapper();

  @LocalServerPort int port;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    LAB.settings().forEach((name, value) -> properties.add(name, () -> value));
    properties.add("runwright.processes-dir", () -> PROCESSES.toString());
  }

  static Path newFile() {
    return LAB.directory().resolve("file-" + UUID.randomUUID());
  }

  Doors as(String person) {
    return Doors.tool(port, person);
  }

  HttpResponse<String> submit(String runbook, Map<String, ?> inputs) {
    return as("operator")
        .post(
            "/api/runbooks/" + runbook + "/runs",
            json(Map.of("inputs", inputs, "reason", "because of the test")));
  }

  /** The id of a run of {@code slow-command}, which holds a lock while it runs. */
  String slow(String seconds) {
    return accepted(
        submit("slow-command", Map.of("file", newFile().toString(), "seconds", seconds)));
  }

  String failing(Path file) {
    return accepted(submit("failing-command", Map.of("file", file.toString())));
  }

  String approved() {
    return accepted(submit("approved-command", Map.of("file", newFile().toString())));
  }

  static String accepted(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return parse(answer.body()).path("id").asText();
  }

  JsonNode run(String id) {
    return parse(as("viewer").get("/api/runs/" + id).body());
  }

  JsonNode awaitState(String id, String state) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(run(id).path("state").asText()).isEqualTo(state));
    return run(id);
  }

  String awaitApproval(String runId) {
    awaitState(runId, "AWAITING_APPROVAL");
    for (JsonNode approval : parse(as("approver").get("/api/approvals").body()).path("approvals")) {
      if (approval.path("run").path("id").asText().equals(runId)) {
        return approval.path("id").asText();
      }
    }
    throw new AssertionError("nothing waits for the approver");
  }

  void cancel(String runId) {
    as("operator")
        .post(
            "/api/runs/" + runId + "/cancel", json(Map.of("reason", "tidy", "compensate", false)));
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** That it is an error told as it should be, and nothing of our code with it. */
  static JsonNode problem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body()).doesNotContain("Exception", "org.runwright", "at java");
    JsonNode problem = parse(answer.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asText()).isNotBlank();
    return problem;
  }
}
