package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.runwright.lab.EmbeddedLab;
import org.runwright.lab.ServerProcess;

/** The promise: a command is neither lost nor repeated when the server dies. */
class ServerKilledTest {

  private static final Duration LIMIT = Duration.ofSeconds(40);

  private EmbeddedLab lab;
  private ServerProcess server;

  @BeforeEach
  void startServer() throws IOException {
    lab = EmbeddedLab.start();
    Map<String, String> settings = new HashMap<>(lab.settings());
    settings.put("runwright.processes-dir", Flows.processes(lab).toString());
    settings.put("runwright.access.demo-users", "true");
    server =
        new ServerProcess(
            Path.of("target", "server-killed.log"), ServerProcess.freePort(), settings);
    server.awaitReady();
  }

  @AfterEach
  void stopServer() throws Exception {
    try {
      server.close();
    } finally {
      lab.close();
    }
  }

  @Test
  void a_killed_server_continues_the_step_and_the_command_ran_once() throws Exception {
    Path ledger = lab.directory().resolve("ledger");
    String run = begin(ledger, "20");
    await().atMost(LIMIT).until(() -> server.text("/api/runs/" + run + "/log").contains("began"));

    server.kill();
    server.restart();

    assertThat(awaitEnd(run)).isEqualTo("SUCCEEDED");
    assertThat(Files.readString(ledger)).isEqualTo("done\n");
    assertThat(server.text("/api/runs/" + run + "/log?step=" + stepOf(run)))
        .isEqualTo("began\ndone\n");
  }

  @Test
  void a_command_that_ended_while_the_server_was_dead_is_not_run_again() throws Exception {
    Path ledger = lab.directory().resolve("ledger");
    String run = begin(ledger, "2");
    await().atMost(LIMIT).until(() -> server.text("/api/runs/" + run + "/log").contains("began"));

    server.kill();
    await().atMost(LIMIT).until(() -> Files.exists(ledger));
    server.restart();

    assertThat(awaitEnd(run)).isEqualTo("SUCCEEDED");
    assertThat(Files.readString(ledger)).isEqualTo("done\n");
  }

  @Test
  void a_server_killed_right_after_it_took_the_request_runs_the_command_once() throws Exception {
    Path ledger = lab.directory().resolve("ledger");
    String run = begin(ledger, "0");

    server.kill();
    server.restart();

    assertThat(awaitEnd(run)).isEqualTo("SUCCEEDED");
    assertThat(Files.readString(ledger)).isEqualTo("done\n");
  }

  private String begin(Path ledger, String seconds) throws IOException, InterruptedException {
    return server
        .post(
            "/api/runbooks/slow-command/runs",
            Map.of("inputs", Map.of("file", ledger.toString(), "seconds", seconds)))
        .get("id")
        .asText();
  }

  private String awaitEnd(String run) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              String state = server.get("/api/runs/" + run).get("state").asText();
              return !state.equals("RUNNING") && !state.equals("QUEUED");
            });
    try {
      return server.get("/api/runs/" + run).get("state").asText();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String stepOf(String run) throws IOException, InterruptedException {
    return server.get("/api/runs/" + run).get("steps").get(0).get("id").asText();
  }
}
