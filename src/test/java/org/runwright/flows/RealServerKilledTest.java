package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.runwright.flows.RealLab.Service.CRM;
import static org.runwright.flows.RealLab.Service.DATABASE;
import static org.runwright.flows.RealLab.Service.NETWORK;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.runwright.lab.ServerProcess;

/** SIGKILL of the server while real hosts work for it. */
@Tag("lab")
class RealServerKilledTest {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Set<String> UNDER_WAY = Set.of("QUEUED", "RUNNING");

  private final String ledger = "/var/tmp/runwright-ledger-" + UUID.randomUUID();
  private RealLab lab;
  private ServerProcess server;

  @BeforeEach
  void startServer() throws IOException {
    lab = RealLab.open();
    RealLab.makeWell();
    Map<String, String> settings = lab.settings();
    settings.put("runwright.access.demo-users", "true");
    Path log = Path.of("target", "real-server-killed.log");
    server = new ServerProcess(log, ServerProcess.freePort(), settings);
    server.awaitReady();
  }

  @AfterEach
  void stopServer() throws Exception {
    try {
      server.close();
    } finally {
      lab.close();
      DATABASE.host.sudo("rm -f /var/tmp/runwright-ledger-*");
      RealLab.makeWell();
    }
  }

  @Test
  void the_command_goes_on_without_the_server_and_its_result_is_collected_once() throws Exception {
    Map<String, Object> inputs =
        Map.of("where", DATABASE.host.name(), "seconds", "12.5", "file", ledger);
    String run = begin("host-command", inputs);
    await().atMost(LIMIT).until(() -> DATABASE.host.processes("sleep 12.5") == 1);

    server.kill();
    server.restart();

    assertThat(awaitEnd(run)).isEqualTo("SUCCEEDED");
    assertThat(DATABASE.host.lines(ledger)).containsExactly("once");
    String step = server.get("/api/runs/" + run).get("steps").get(0).get("id").asText();
    assertThat(server.text("/api/runs/" + run + "/log?step=" + step))
        .isEqualTo("began as root\ndone\n");
  }

  @Test
  void a_start_of_the_platform_goes_on_where_it_was_and_starts_nothing_twice() throws Exception {
    RealLab.stop(DATABASE, NETWORK, CRM);
    String run = begin("start-platform", Map.of("reason", "because of the test"));
    await().atMost(LIMIT).until(DATABASE::runs);

    server.kill();
    long began = DATABASE.microseconds("ActiveEnter");
    server.restart();

    assertThat(awaitEnd(run)).isEqualTo("SUCCEEDED");
    assertThat(DATABASE.microseconds("ActiveEnter")).as("not started again").isEqualTo(began);
    assertThat(RealLab.run(RealLab.Service.values())).isTrue();
    assertThat(RealLab.crmIsWell()).isTrue();
    RealLab.awaitCustomers();
    assertThat(started(run)).isEqualTo(Set.of("database", "network", "crm"));
  }

  /** The services that a step of the run says it changed. */
  private Set<String> started(String run) throws IOException, InterruptedException {
    JsonNode steps = server.get("/api/runs/" + run).get("steps");
    return StreamSupport.stream(steps.spliterator(), false)
        .filter(step -> step.path("changed").asBoolean())
        .map(step -> step.get("service").asText())
        .collect(java.util.stream.Collectors.toSet());
  }

  private String begin(String runbook, Map<String, Object> inputs) throws Exception {
    return server
        .post("/api/runbooks/" + runbook + "/runs", Map.of("inputs", inputs))
        .get("id")
        .asText();
  }

  private String awaitEnd(String run) throws Exception {
    await()
        .atMost(LIMIT)
        .until(() -> !UNDER_WAY.contains(server.get("/api/runs/" + run).get("state").asText()));
    return server.get("/api/runs/" + run).get("state").asText();
  }
}
