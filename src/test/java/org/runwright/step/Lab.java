package org.runwright.step;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.runwright.platform.Platform;
import org.runwright.platform.Platforms;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The real hosts of {@code scripts/lab up}, reached as the product reaches them. */
final class Lab implements AutoCloseable {

  /** What a step left. */
  record Ended(StepResult result, String out) {}

  private final ConfigurableApplicationContext rooms;
  private final StepRunner runner;

  private Lab(ConfigurableApplicationContext rooms) {
    this.rooms = rooms;
    this.runner = rooms.getBean(StepRunner.class);
  }

  static Lab connect() {
    Path state =
        Path.of(
            Optional.ofNullable(System.getenv("RUNWRIGHT_LAB_STATE"))
                .orElse("/var/lib/runwright-lab"));
    return new Lab(
        new SpringApplicationBuilder(Rooms.class)
            .web(WebApplicationType.NONE)
            .run(
                "--runwright.runbooks-dir=" + state.resolve("runbooks"),
                "--runwright.ssh.known-hosts=" + state.resolve("keys/known_hosts")));
  }

  Platform platform() {
    return rooms.getBean(Platforms.class).current();
  }

  Ended run(PreparedStep step) {
    String token = "test-" + UUID.randomUUID();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long[] err = {0};
    Optional<Instant> begin = Optional.of(Instant.now());
    StepProgress[] last = {runner.launch(token, step, Optional.empty(), Duration.ofMillis(500))};
    await()
        .atMost(Duration.ofMinutes(3))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              out.writeBytes(last[0].out());
              err[0] += last[0].err().length;
              if (last[0].result().isPresent()) {
                return true;
              }
              last[0] = runner.observe(token, step, begin, out.size(), err[0]);
              return false;
            });
    return new Ended(last[0].result().orElseThrow(), out.toString(StandardCharsets.UTF_8));
  }

  /** What a command says on a host, as root; it has to succeed. */
  String sudo(String host, String command) {
    StepRequest request =
        new StepRequest(
            "run-command",
            host,
            Optional.empty(),
            Map.of("command", command, "become", true),
            Optional.empty());
    PreparedStep step =
        rooms.getBean(StepKinds.class).named("run-command").prepare(request, platform());
    Ended ended = run(step);
    if (ended.result().verdict() != StepResult.Verdict.SUCCEEDED) {
      throw new AssertionError(host + ": " + command + ": " + ended);
    }
    return ended.out().strip();
  }

  @Override
  public void close() {
    rooms.close();
  }

  /** No component itself, so that no test of the whole server finds it. */
  @ComponentScan({
    "org.runwright.step",
    "org.runwright.ssh",
    "org.runwright.secret",
    "org.runwright.platform"
  })
  @ConfigurationPropertiesScan({
    "org.runwright.step",
    "org.runwright.ssh",
    "org.runwright.platform"
  })
  static class Rooms {
    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }
  }
}
