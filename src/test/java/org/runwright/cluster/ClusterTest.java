package org.runwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.runwright.cluster.TwoServers.LIMIT;
import static org.runwright.cluster.TwoServers.lines;
import static org.runwright.cluster.TwoServers.otherThan;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Several servers on one PostgreSQL, with the default lease. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTest {

  /** The promise: what a dead server was at is taken over within this time. */
  private static final Duration TAKEN_OVER = Duration.ofSeconds(30);

  private TwoServers servers;
  private Path ledger = Path.of("ledger");
  private Path gate = Path.of("gate");

  @BeforeAll
  void startServers() throws IOException {
    servers = new TwoServers("cluster");
  }

  @AfterAll
  void stopServers() throws InterruptedException {
    servers.close();
  }

  @BeforeEach
  void newFiles() {
    ledger = servers.newFile();
    gate = servers.newFile();
  }

  @Test
  void the_steps_of_one_run_are_spread_and_each_runs_once() throws Exception {
    Files.createFile(gate);

    String run = servers.begin("node1", "gated", 200, ledger, gate);

    assertThat(servers.awaitEnd("node2", run)).isEqualTo("SUCCEEDED");
    assertThat(servers.ofSteps("node2", run, "node")).hasSize(200).contains("node1", "node2");
    assertRanOnce(run, "node2", 200);
  }

  @Test
  void the_steps_of_a_killed_server_are_taken_over_in_time_and_run_once() throws Exception {
    String run = servers.begin("node1", "gated", 8, ledger, gate);
    awaitBegun(8);
    String victim = servers.ofSteps("node1", run, "node").get(0);
    String heir = otherThan(victim);

    Instant died = Instant.now();
    servers.server(victim).kill();
    await()
        .atMost(TAKEN_OVER)
        .untilAsserted(() -> assertThat(servers.ofSteps(heir, run, "node")).containsOnly(heir));
    System.out.printf(
        "cluster: steps taken over after %d ms%n",
        Duration.between(died, Instant.now()).toMillis());
    Files.createFile(gate);

    assertThat(servers.awaitEnd(heir, run)).isEqualTo("SUCCEEDED");
    assertRanOnce(run, heir, 8);
    servers.server(victim).restart();
  }

  @Test
  void a_server_that_stood_still_ends_nothing_that_another_took_over() throws Exception {
    String run = servers.begin("node1", "gated", 8, ledger, gate);
    awaitBegun(8);
    String zombie = servers.ofSteps("node1", run, "node").get(0);
    String heir = otherThan(zombie);

    servers.server(zombie).suspend();
    await()
        .atMost(TAKEN_OVER)
        .untilAsserted(() -> assertThat(servers.ofSteps(heir, run, "node")).containsOnly(heir));
    Files.createFile(gate);
    servers.server(zombie).resume();

    assertThat(servers.awaitEnd(heir, run)).isEqualTo("SUCCEEDED");
    assertRanOnce(run, heir, 8);
    assertThat(servers.ofSteps(heir, run, "node")).as("the zombie drove none").containsOnly(heir);
    for (String step : servers.ofSteps(heir, run, "id")) {
      assertThat(endings(run, step)).as("told to have ended").isEqualTo(1);
    }
  }

  @Test
  void output_is_followed_on_any_server_and_resumed_on_another() throws Exception {
    String run = servers.begin("node1", "gated", 1, ledger, gate);
    awaitBegun(1);
    String driver = servers.ofSteps("node1", run, "node").get(0);
    String bystander = otherThan(driver);
    Events.Part first =
        Events.follow(servers.server(bystander), run, 0, event -> event.has("text"));
    assertThat(first.text())
        .as("live, from the server that does not drive it")
        .isEqualTo("waiting\n");

    servers.server(bystander).kill();
    Files.createFile(gate);
    Events.Part rest =
        Events.follow(
            servers.server(driver),
            run,
            first.lastId(),
            event -> event.path("state").asText().equals("SUCCEEDED") && event.has("runbook"));

    assertThat(rest.firstId()).isEqualTo(first.lastId() + 1);
    assertThat(first.text() + rest.text()).isEqualTo("waiting\nthrough\n");
    servers.server(bystander).restart();
  }

  @Test
  void runs_that_need_one_lock_go_one_after_the_other_whichever_server_was_asked()
      throws Exception {
    String first = servers.begin("node1", "gated-alone", 1, ledger, gate);
    awaitBegun(1);
    String second = servers.begin("node2", "gated-alone", 1, ledger, gate);

    assertThat(servers.run("node1", second).path("state").asText()).isEqualTo("QUEUED");
    assertThat(servers.run("node1", second).path("waitsFor").asText()).contains(first);
    Files.createFile(gate);

    assertThat(servers.awaitEnd("node1", second)).isEqualTo("SUCCEEDED");
    Instant ended = Instant.parse(servers.run("node2", first).path("endedAt").asText());
    Instant started = Instant.parse(servers.run("node2", second).path("startedAt").asText());
    assertThat(started).isAfterOrEqualTo(ended);
    assertThat(servers.count("select count(*) from run_lock")).isZero();
  }

  @Test
  void a_job_of_the_engine_that_a_killed_server_was_at_is_taken_over_in_time() throws Exception {
    String run =
        servers.begin(
            "node1", "slow-job", Map.of("ledger", ledger.toString(), "gate", gate.toString()));
    await().atMost(LIMIT).until(() -> !lines(ledger).isEmpty());
    String victim = lines(ledger).get(0);
    String heir = otherThan(victim);

    Instant died = Instant.now();
    servers.server(victim).kill();
    await()
        .atMost(TAKEN_OVER)
        .untilAsserted(() -> assertThat(lines(ledger)).containsExactly(victim, heir));
    System.out.printf(
        "cluster: job taken over after %d ms%n", Duration.between(died, Instant.now()).toMillis());
    Files.createFile(gate);

    assertThat(servers.awaitEnd(heir, run)).isEqualTo("SUCCEEDED");
    servers.server(victim).restart();
  }

  @Test
  void each_trigger_of_the_clock_fires_once() throws Exception {
    String since = Instant.now().toString();
    String firings =
        "from schedule_firing where scheduled_at > timestamp with time zone '" + since + "'";

    await().atMost(LIMIT).until(() -> servers.count("select count(*) " + firings) >= 8);

    assertThat(servers.count("select count(*) - count(distinct scheduled_at) " + firings))
        .as("firings of a moment at which another one fired")
        .isZero();
  }

  private void awaitBegun(int commands) {
    await().atMost(LIMIT).until(() -> lines(ledger).size() == commands);
  }

  /** By the ledger: each step began and ended once, under the token that the journal knows. */
  private void assertRanOnce(String run, String node, int steps) throws Exception {
    Set<String> expected = new TreeSet<>();
    for (String id : servers.ofSteps(node, run, "id")) {
      expected.add("begin " + id);
      expected.add("end " + id);
    }
    List<String> found = lines(ledger);
    assertThat(found).hasSize(2 * steps).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** How often the feed says that a step has ended. */
  private long endings(String run, String step) throws Exception {
    long ended = 0;
    for (JsonNode event : Events.all(servers.server("node1"), run)) {
      boolean itself = event.path("id").asText().equals(step);
      ended += itself && event.path("state").asText().equals("SUCCEEDED") ? 1 : 0;
    }
    return ended;
  }
}
