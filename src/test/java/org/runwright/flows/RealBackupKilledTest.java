package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.runwright.lab.ServerProcess;

/** SIGKILL of the server in the middle of a backup of a real database. */
@Tag("lab")
class RealBackupKilledTest {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Set<String> UNDER_WAY = Set.of("QUEUED", "RUNNING");

  private RealLab lab;
  private ServerProcess server;

  @BeforeEach
  void startServer() throws Exception {
    lab = RealBackups.open();
    RealBackups.prepare();
    Map<String, String> settings = lab.settings();
    settings.put("runwright.access.demo-users", "true");
    Path log = Path.of("target", "real-backup-killed.log");
    server = new ServerProcess(log, ServerProcess.freePort(), settings);
    server.awaitReady();
  }

  @AfterEach
  void stopServer() throws Exception {
    try {
      server.close();
    } finally {
      lab.close();
      RealBackups.clean();
    }
  }

  @Test
  void the_backup_goes_on_and_is_verified_as_if_nothing_had_been() throws Exception {
    RealBackups.hold();
    String run =
        server
            .post(
                "/api/runbooks/backup-database/runs",
                Map.of("inputs", Map.of("service", "database", "reason", "because of the test")))
            .get("id")
            .asText();
    await().atMost(LIMIT).until(RealBackups::waits);

    server.kill();
    RealBackups.release();
    server.restart();

    await()
        .atMost(LIMIT)
        .until(() -> !UNDER_WAY.contains(server.get("/api/runs/" + run).get("state").asText()));
    assertThat(server.get("/api/runs/" + run).get("state").asText()).isEqualTo("SUCCEEDED");
    JsonNode backup = server.get("/api/backups").get("backups").get(0);
    assertThat(backup.get("id").asText()).isEqualTo(run);
    assertThat(backup.get("state").asText()).isEqualTo("VERIFIED");
    assertThat(backup.get("rows").asInt()).isEqualTo(3 + RealBackups.ROWS);
    assertThat(RealBackups.files()).hasSize(4);
    JsonNode service = server.get("/api/services").get("services").get(0);
    assertThat(service.get("verifiedBackup").get("id").asText()).isEqualTo(run);
    await()
        .atMost(LIMIT)
        .until(
            () ->
                server
                    .text("/actuator/prometheus")
                    .matches(
                        "(?s).*runwright_backup_age_seconds\\{service=\"database\"} [0-9.]+\n.*"));
  }
}
