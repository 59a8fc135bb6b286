package org.runwright.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.runwright.access.OnlyDoors;
import org.runwright.access.People;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Who can log in after the first start, and after later ones. */
@ExtendWith(OutputCaptureExtension.class)
class FirstStartTest {

  @TempDir Path data;

  @Test
  void makes_an_admin_with_a_random_password_that_only_the_files_owner_reads(CapturedOutput log)
      throws IOException {
    try (ConfigurableApplicationContext server = start()) {
      Path file = data.resolve("admin-password");
      String password = Files.readString(file).strip();

      assertThat(password).hasSizeGreaterThanOrEqualTo(20);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(log.getAll()).contains(file.toString()).doesNotContain(password);
      assertThat(people(server).authenticate("admin", password))
          .hasValueSatisfying(person -> assertThat(person.groups()).containsExactly("admin"));
      try (Stream<Path> files = Files.list(data)) {
        assertThat(files.filter(f -> f.getFileName().toString().startsWith("admin-password")))
            .containsExactly(file);
      }
    }
  }

  @Test
  void takes_the_password_of_the_environment_and_writes_no_file(CapturedOutput log) {
    try (ConfigurableApplicationContext server = start("RUNWRIGHT_ADMIN_PASSWORD=correct horse")) {
      assertThat(people(server).authenticate("admin", "correct horse")).isPresent();
      assertThat(data.resolve("admin-password")).doesNotExist();
      assertThat(log.getAll()).doesNotContain("correct horse");
    }
  }

  @Test
  void a_short_password_is_refused() {
    assertThatThrownBy(() -> start("RUNWRIGHT_ADMIN_PASSWORD=short").close())
        .hasStackTraceContaining("less than 8 characters")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("short\""));
  }

  @Test
  void a_later_start_changes_nothing() throws IOException {
    start().close();
    String password = Files.readString(data.resolve("admin-password")).strip();
    Files.delete(data.resolve("admin-password"));

    try (ConfigurableApplicationContext server = start("RUNWRIGHT_ADMIN_PASSWORD=another one")) {
      assertThat(people(server).authenticate("admin", password)).isPresent();
      assertThat(data.resolve("admin-password")).doesNotExist();
      assertThat(server.getBean(FilterService.class).createTaskFilterQuery().count()).isEqualTo(3);
    }
  }

  @Test
  void a_start_without_any_admin_is_the_way_back_in() {
    try (ConfigurableApplicationContext server = start()) {
      server.getBean(IdentityService.class).deleteMembership("admin", "admin");
    }
    try (ConfigurableApplicationContext server = start("RUNWRIGHT_ADMIN_PASSWORD=another one")) {
      assertThat(people(server).authenticate("admin", "another one"))
          .hasValueSatisfying(person -> assertThat(person.groups()).containsExactly("admin"));
    }
  }

  @Test
  void people_of_the_demo_are_gone_at_the_next_start_without_it() {
    try (ConfigurableApplicationContext server = start("runwright.access.demo-users=true")) {
      for (String name : List.of("admin", "operator", "approver", "viewer")) {
        assertThat(people(server).authenticate(name, name)).as(name).isPresent();
      }
      assertThat(data.resolve("admin-password")).doesNotExist();
    }
    try (ConfigurableApplicationContext server = start()) {
      for (String name : List.of("admin", "operator", "approver", "viewer")) {
        assertThat(people(server).authenticate(name, name)).as(name).isEmpty();
      }
      assertThat(data.resolve("admin-password")).exists();
    }
  }

  @Test
  void people_of_the_demo_are_refused_where_others_could_reach_the_server() {
    assertThatThrownBy(
            () -> start("runwright.access.demo-users=true", "server.address=0.0.0.0").close())
        .hasStackTraceContaining("refused unless server.address is a loopback address");
    assertThatThrownBy(() -> start("runwright.access.demo-users=true", "server.address=").close())
        .hasStackTraceContaining("refused unless server.address is a loopback address");
  }

  @Test
  void rights_that_somebody_changed_are_as_told_after_a_start() {
    try (ConfigurableApplicationContext server = start()) {
      AuthorizationService authorizations = server.getBean(AuthorizationService.class);
      authorizations.createAuthorizationQuery().groupIdIn("operator").list().stream()
          .map(right -> right.getId())
          .forEach(authorizations::deleteAuthorization);
    }
    try (ConfigurableApplicationContext server = start()) {
      assertThat(
              server
                  .getBean(AuthorizationService.class)
                  .createAuthorizationQuery()
                  .groupIdIn("operator")
                  .count())
          .isGreaterThanOrEqualTo(7);
    }
  }

  private ConfigurableApplicationContext start(String... settings) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--server.port=0",
                "--runwright.data-dir=" + data,
                // Camunda's pages keep a server that could not start in a static field.
                "--camunda.bpm.webapp.enabled=false",
                "--camunda.bpm.job-execution.enabled=false"));
    Stream.of(settings).map(setting -> "--" + setting).forEach(arguments::add);
    return new SpringApplicationBuilder(OnlyDoors.class).run(arguments.toArray(String[]::new));
  }

  private static People people(ConfigurableApplicationContext server) {
    return server.getBean(People.class);
  }
}
