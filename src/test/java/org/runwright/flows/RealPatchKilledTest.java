package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.runwright.flows.PatchedHosts.FIRST;
import static org.runwright.flows.PatchedHosts.SECOND;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.runwright.lab.ServerProcess;

/** SIGKILL of the server while it patches real hosts. */
@Tag("lab")
class RealPatchKilledTest {

  private static final Duration LIMIT = Duration.ofSeconds(240);
  private static final Set<String> UNDER_WAY = Set.of("QUEUED", "RUNNING");

  private RealLab lab;
  private ServerProcess server;
  private SteadyLoad load;

  @BeforeEach
  void startServer() throws IOException {
    lab = RealLab.open();
    PatchedHosts.reset();
    Map<String, String> settings = lab.settings();
    settings.put("runwright.access.demo-users", "true");
    server =
        new ServerProcess(
            Path.of("target", "real-patch-killed.log"), ServerProcess.freePort(), settings);
    server.awaitReady();
    load = new SteadyLoad(PatchedHosts.CUSTOMERS);
  }

  @AfterEach
  void stopServer() throws Exception {
    try {
      load.close();
      server.close();
    } finally {
      lab.close();
      PatchedHosts.reset();
    }
  }

  @Test
  void the_run_finishes_as_if_nothing_had_been() throws Exception {
    RealLab.command("publish", "1.0.0", "1.1.0");
    Map<String, Object> inputs =
        Map.of(
            "group",
            "crm",
            "soak",
            "PT3S",
            "reboot",
            "always",
            "rebootHold",
            "PT2S",
            "reason",
            "test");
    String run =
        server.post("/api/runbooks/patch-hosts/runs", Map.of("inputs", inputs)).get("id").asText();

    await().atMost(LIMIT).until(() -> seen(run, "Update the packages of crm1"));
    server.kill();
    server.restart();
    await().atMost(LIMIT).until(() -> seen(run, "Wait until crm2 is back"));
    server.kill();
    server.restart();
    await()
        .atMost(LIMIT)
        .until(() -> !UNDER_WAY.contains(server.get("/api/runs/" + run).get("state").asText()));

    assertThat(server.get("/api/runs/" + run).get("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(PatchedHosts.upgrades(FIRST, "1.0.0", "1.1.0")).as("once").isEqualTo(1);
    assertThat(PatchedHosts.upgrades(SECOND, "1.0.0", "1.1.0")).as("once").isEqualTo(1);
    assertThat(PatchedHosts.servers()).isEqualTo("crm1 2 0\ncrm2 2 0");
    assertThat(load.failed()).isEmpty();
    assertThat(load.answered()).isGreaterThan(50);
  }

  private boolean seen(String run, String title) throws IOException, InterruptedException {
    JsonNode steps = server.get("/api/runs/" + run).get("steps");
    return StreamSupport.stream(steps.spliterator(), false)
        .anyMatch(step -> step.path("title").asText().equals(title));
  }
}
