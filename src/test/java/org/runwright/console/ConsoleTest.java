package org.runwright.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.runwright.access.Doors;
import org.runwright.access.Person;
import org.runwright.flows.Flows;
import org.runwright.lab.EmbeddedLab;
import org.runwright.run.Run;
import org.runwright.run.RunControl;
import org.runwright.run.RunRequest;
import org.runwright.run.RunRequests;
import org.runwright.run.RunState;
import org.runwright.run.Runs;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole server over the embedded lab, as people with a browser see it. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"runwright.access.demo-users=true", "runwright.worker.end-grace=PT1S"})
abstract class ConsoleTest {

  static final Duration LIMIT = Duration.ofSeconds(60);
  static final String HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>${7*7}";
  private static final EmbeddedLab LAB = EmbeddedLab.start();
  private static final Path PROCESSES = Flows.processes(LAB);
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Person OPERATOR = new Person("operator", Set.of("operator"));

  @LocalServerPort int port;
  @Autowired private RunRequests requests;
  @Autowired private RunControl control;
  @Autowired private Runs runs;
  @Autowired JdbcTemplate database;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    LAB.settings().forEach((name, value) -> properties.add(name, () -> value));
    properties.add("runwright.processes-dir", PROCESSES::toString);
  }

  static Path newFile() {
    return LAB.directory().resolve("file-" + UUID.randomUUID());
  }

  Doors browser(String person) {
    return Doors.browser(port, person);
  }

  String submit(String runbook, Map<String, Object> inputs, String reason) {
    return requests
        .submit(OPERATOR, new RunRequest(runbook, inputs, Optional.of(reason), Optional.empty()))
        .id();
  }

  /** A run of {@code slow-command}, which holds a lock while it runs. */
  String slow(String seconds, String reason) {
    return submit("slow-command", Map.of("file", newFile().toString(), "seconds", seconds), reason);
  }

  String failing(Path file) {
    return submit("failing-command", Map.of("file", file.toString()), "to see it fail");
  }

  String approved(String reason) {
    return submit("approved-command", Map.of("file", newFile().toString()), reason);
  }

  Run run(String id) {
    return runs.get(id);
  }

  Run awaitState(String id, RunState state) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(run(id).state()).isEqualTo(state));
    return run(id);
  }

  void cancel(String id) {
    control.cancel(OPERATOR, id, "tidy", false);
    await().atMost(LIMIT).until(() -> run(id).state().ended());
  }

  /** Presses a button: with the token that stands in the page, and its fields. */
  static HttpResponse<String> press(Doors browser, String page, String path, String... fields) {
    StringBuilder body = new StringBuilder("_csrf=").append(enc(token(browser, page)));
    for (int i = 0; i < fields.length; i += 2) {
      body.append('&').append(fields[i]).append('=').append(enc(fields[i + 1]));
    }
    return browser.post(
        path, body.toString(), Map.of("Content-Type", "application/x-www-form-urlencoded"));
  }

  private static String token(Doors browser, String page) {
    Matcher token = TOKEN.matcher(browser.get(page).body());
    assertThat(token.find()).as("a token stands in " + page).isTrue();
    return token.group(1);
  }

  static String enc(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
