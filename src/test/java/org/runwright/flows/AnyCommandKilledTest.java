package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.runwright.lab.EmbeddedLab;
import org.runwright.lab.ServerProcess;

/** A server that dies in the middle of a fan-out of which only some hosts may run at once. */
class AnyCommandKilledTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

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
            Path.of("target", "any-command-killed.log"), ServerProcess.freePort(), settings);
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
  void each_host_runs_once_and_no_two_at_the_same_time() throws Exception {
    Path ledger = lab.directory().resolve("ledger");
    String run = begin(ledger);
    await().atMost(LIMIT).until(() -> lines(ledger).size() >= 3);

    server.kill();
    server.restart();

    await()
        .atMost(LIMIT)
        .until(() -> server.get("/api/runs/" + run).get("state").asText().equals("SUCCEEDED"));
    assertThat(lines(ledger))
        .containsExactly(
            "db1 begins",
            "db1 ends",
            "app1 begins",
            "app1 ends",
            "lb1 begins",
            "lb1 ends",
            "crm1 begins",
            "crm1 ends");
  }

  private String begin(Path ledger) throws IOException, InterruptedException {
    String command =
        "h=$(basename \"$(dirname \"$HOME\")\"); echo \"$h begins\" >>\"$1\"; sleep 2; echo \"$h ends\" >>\"$1\"";
    JsonNode run =
        server.post(
            "admin",
            "/api/runbooks/run-command/runs",
            Map.of(
                "reason",
                "because of the test",
                "inputs",
                Map.of(
                    "hosts",
                    "all",
                    "command",
                    command,
                    "arguments",
                    List.of(ledger.toString()),
                    "parallelism",
                    1)));
    return run.get("id").asText();
  }

  private static List<String> lines(Path ledger) throws IOException {
    return Files.exists(ledger) ? Files.readAllLines(ledger) : List.of();
  }
}
