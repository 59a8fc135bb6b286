package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

/** A server that ends in good order leaves its commands to the next. */
class DrainTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final EmbeddedLab lab = EmbeddedLab.start();
  private final Path ledger = lab.directory().resolve("ledger");
  private ServerProcess server;

  @BeforeEach
  void startServer() throws IOException {
    Map<String, String> settings = new HashMap<>(lab.settings());
    settings.put("runwright.processes-dir", Flows.processes(lab).toString());
    settings.put("runwright.access.demo-users", "true");
    server = new ServerProcess(Path.of("target", "drain.log"), ServerProcess.freePort(), settings);
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
  void a_drained_server_exits_while_its_command_runs_on_and_the_next_start_ends_the_run()
      throws Exception {
    String run = beginLong();

    server.post("admin", "/api/admin/drain", Map.of());

    assertThat(server.awaitEnd(LIMIT)).hasValue(0);
    assertThat(ledger).as("nobody waited for the command").doesNotExist();
    await().atMost(LIMIT).until(() -> Files.exists(ledger));
    server.restart();
    awaitSucceeded(run);
  }

  @Test
  void sigterm_does_the_same() throws Exception {
    String run = beginLong();

    assertThat(server.terminate(LIMIT)).isTrue();

    assertThat(ledger).as("nobody waited for the command").doesNotExist();
    server.restart();
    awaitSucceeded(run);
  }

  @Test
  void only_administrators_drain() {
    assertThatThrownBy(() -> server.post("operator", "/api/admin/drain", Map.of()))
        .hasMessageContaining("403");
  }

  private String beginLong() throws IOException, InterruptedException {
    String run =
        server
            .post(
                "/api/runbooks/slow-command/runs",
                Map.of("inputs", Map.of("file", ledger.toString(), "seconds", "25")))
            .get("id")
            .asText();
    await().atMost(LIMIT).until(() -> server.text("/api/runs/" + run + "/log").contains("began"));
    return run;
  }

  private void awaitSucceeded(String run) throws IOException {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(server.get("/api/runs/" + run).get("state").asText())
                    .isEqualTo("SUCCEEDED"));
    assertThat(Files.readString(ledger)).isEqualTo("done\n");
  }
}
