package org.runwright.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runwright.platform.Host;
import org.runwright.platform.PlatformChanged;
import org.runwright.platform.PlatformProperties;
import org.runwright.platform.Platforms;
import org.runwright.platform.Service;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The files in runbooks/, read by the beans as the server makes them. */
class ShippedFilesTest {

  private static final Path SHIPPED = Path.of("runbooks");

  @TempDir Path folder;

  @Test
  void the_shipped_platform_is_the_crm_of_the_contract() {
    context(SHIPPED)
        .run(
            context -> {
              Platforms platforms = context.getBean(Platforms.class);
              assertThat(platforms.problems()).isEmpty();
              assertThat(platforms.current().inventory().hosts())
                  .containsOnlyKeys("app1", "crm1", "db1", "lb1");
              assertThat(platforms.current().inventory().variables())
                  .containsEntry("site", "staging");
              Host database = platforms.current().inventory().host("db1").orElseThrow();
              assertThat(database.become()).isPresent();
              assertThat(database.login().keyFile().orElseThrow()).isAbsolute();
              List<List<Service>> levels =
                  platforms
                      .current()
                      .services()
                      .levels(platforms.current().services().services().keySet());
              assertThat(levels.stream().map(level -> level.get(0).name()))
                  .containsExactly("database", "application", "network", "crm");
            });
  }

  @Test
  void the_shipped_runbooks_are_in_force() {
    context(SHIPPED)
        .run(
            context -> {
              Runbooks runbooks = context.getBean(Runbooks.class);
              context.publishEvent(new ProcessesChanged());
              assertThat(runbooks.problems()).isEmpty();
              assertThat(runbooks.all())
                  .extracting(Runbook::id)
                  .containsExactly(
                      "backup-database",
                      "patch-hosts",
                      "recover-platform",
                      "run-command",
                      "run-script",
                      "start-platform",
                      "stop-platform")
                  .isEqualTo(runbooks.all().stream().map(Runbook::process).toList());
              assertThat(runbooks.all())
                  .filteredOn(runbook -> !runbook.id().equals("backup-database"))
                  .allSatisfy(
                      runbook -> {
                        assertThat(runbook.approval().orElseThrow())
                            .isEqualTo(
                                new ApprovalRule(
                                    Optional.of("#{site == 'production'}"),
                                    List.of("approver"),
                                    1,
                                    true,
                                    Duration.ofMinutes(30),
                                    ApprovalRule.OnTimeout.REJECT));
                      });
              assertThat(runbooks.all())
                  .filteredOn(runbook -> runbook.id().endsWith("-platform"))
                  .hasSize(3)
                  .allSatisfy(
                      runbook -> {
                        assertThat(runbook.locks()).containsExactly("platform");
                        assertThat(runbook.timeout()).isEqualTo(Duration.ofHours(1));
                        assertThat(runbook.runBy()).containsExactly("operator");
                      });
              assertThat(runbooks.find("run-command").orElseThrow().runBy())
                  .as("any command on any host")
                  .containsExactly("admin");
              Map<String, Object> values =
                  InputCheck.check(
                      runbooks.find("recover-platform").orElseThrow(),
                      Map.of("reason", "test", "services", List.of("crm"), "attempts", 5),
                      context.getBean(Platforms.class).current());
              assertThat(values)
                  .containsEntry("attempts", 5L)
                  .containsEntry("all", false)
                  .containsEntry("services", List.of("crm"));
            });
  }

  @Test
  void the_running_server_notices_changes_by_itself() throws IOException {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    context(folder)
        .run(
            context -> {
              Files.delete(folder.resolve("stop-platform.yml"));
              Path services = folder.resolve("services.yml");
              Files.writeString(
                  services, Files.readString(services).replace("platform: crm", "platform: new"));
              Seen seen = context.getBean(Seen.class);
              await()
                  .atMost(Duration.ofSeconds(20))
                  .untilAsserted(
                      () -> {
                        assertThat(context.getBean(Runbooks.class).all()).hasSize(6);
                        assertThat(seen.changes).hasSize(1);
                      });
              assertThat(seen.changes.get(0).platform().services().platform()).isEqualTo("new");
            });
  }

  private static ApplicationContextRunner context(Path folder) {
    return new ApplicationContextRunner()
        .withUserConfiguration(Rooms.class)
        .withPropertyValues("runwright.runbooks-dir=" + folder, "runwright.files-interval=PT0.05S");
  }

  @Configuration(proxyBeanMethods = false)
  @EnableScheduling
  @EnableConfigurationProperties(PlatformProperties.class)
  @ComponentScan({"org.runwright.platform", "org.runwright.runbook"})
  static class Rooms {

    @Bean
    Processes processes() {
      return new FixedProcesses()
          .with("backup-database", true)
          .with("patch-hosts", true)
          .with("start-platform", true)
          .with("stop-platform", true)
          .with("recover-platform", true)
          .with("run-command", true)
          .with("run-script", true);
    }

    @Bean
    Seen seen() {
      return new Seen();
    }
  }

  static class Seen {

    private final List<PlatformChanged> changes = new CopyOnWriteArrayList<>();

    @EventListener
    void on(PlatformChanged change) {
      changes.add(change);
    }
  }
}
