package org.runwright.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runwright.platform.Check;
import org.runwright.platform.Platform;
import org.runwright.platform.ServiceManager;

class StepKindsTest {

  private static final ObjectMapper JSON =
      JsonMapper.builder().addModules(new Jdk8Module(), new JavaTimeModule()).build();

  private static final Platform PLATFORM =
      PlatformBuilder.aPlatform()
          .startTimeout(60)
          .stopTimeout(20)
          .check(new Check.Tcp(3306, Optional.of(Duration.ofSeconds(90))))
          .check(new Check.Command("mysqladmin ping", Optional.empty()))
          .build();

  @TempDir Path directory;

  @Test
  void the_kinds_there_are() {
    assertThat(Kinds.ALL.names())
        .containsExactly(
            "await-host",
            "await-service",
            "check-service",
            "delete-backup",
            "drain-host",
            "drill-backup",
            "drop-scratch",
            "dump-database",
            "forget-packages",
            "lock-host",
            "note-packages",
            "pre-check",
            "put-back-packages",
            "reboot-host",
            "restart-service",
            "run-command",
            "run-script",
            "start-service",
            "stop-service",
            "undrain-host",
            "unlock-host",
            "update-packages");
    assertThatThrownBy(() -> Kinds.ALL.named("dance"))
        .isInstanceOf(StepRefused.class)
        .hasMessageContaining("no kind of step 'dance'; there are: await-host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start-service",
        "stop-service",
        "restart-service",
        "check-service",
        "await-service"
      })
  void a_prepared_step_survives_the_journal(String kind) throws JsonProcessingException {
    PreparedStep step = Kinds.prepare(kind, PLATFORM);

    assertThat(JSON.readValue(JSON.writeValueAsString(step), PreparedStep.class)).isEqualTo(step);
    assertThat(step.safeToRepeat()).isTrue();
  }

  @Test
  void a_command_with_its_undo_survives_the_journal() throws JsonProcessingException {
    PreparedStep step =
        Kinds.prepare(
            "run-command",
            PLATFORM,
            Map.of(
                "command",
                "echo 'a\nb' \"$1\"",
                "arguments",
                List.of("\u0001é\"'\\", "🙂"),
                "undo",
                "true",
                "become",
                false));

    assertThat(JSON.readValue(JSON.writeValueAsString(step), PreparedStep.class)).isEqualTo(step);
  }

  @Test
  void titles_are_for_people() {
    assertThat(Kinds.prepare("start-service", PLATFORM).title()).isEqualTo("Start database on db1");
    assertThat(Kinds.prepare("await-service", PLATFORM).title())
        .isEqualTo("Wait until database on db1 is well");
  }

  @Test
  void start_and_stop_undo_each_other() {
    assertThat(Kinds.prepare("start-service", PLATFORM).undo())
        .contains(request("stop-service", Map.of()));
    assertThat(Kinds.prepare("stop-service", PLATFORM, Map.of("force", true)).undo())
        .contains(request("start-service", Map.of()));
    assertThat(Kinds.prepare("restart-service", PLATFORM).undo()).isEmpty();
  }

  @Test
  void the_limit_is_longer_than_the_waits_inside_unless_asked() {
    assertThat(Kinds.prepare("start-service", PLATFORM).timeLimit()).hasSeconds(90);
    assertThat(Kinds.prepare("stop-service", PLATFORM).timeLimit()).hasSeconds(50);
    assertThat(Kinds.prepare("restart-service", PLATFORM).timeLimit()).hasSeconds(110);
    assertThat(Kinds.prepare("await-service", PLATFORM).timeLimit()).hasSeconds(140);
    StepRequest own =
        new StepRequest(
            "start-service",
            "db1",
            Optional.of("database"),
            Map.of(),
            Optional.of(Duration.ofMinutes(5)));
    assertThat(Kinds.ALL.named("start-service").prepare(own, PLATFORM).timeLimit()).hasMinutes(5);
  }

  @Test
  void a_service_becomes_only_where_its_host_can() {
    assertThat(Kinds.prepare("start-service", PLATFORM).become()).isFalse();
    assertThat(
            Kinds.prepare("start-service", PlatformBuilder.aPlatform().becoming("root").build())
                .become())
        .isTrue();
  }

  @Test
  void what_is_not_there_is_refused() {
    refused("db1", Optional.empty(), Map.of(), "wants a service");
    refused("db1", Optional.of("databse"), Map.of(), "no service 'databse'");
    refused("db9", Optional.of("database"), Map.of(), "no host 'db9'");
    refused("other", Optional.of("database"), Map.of(), "not on host other but on: db1");
    refused("db1", Optional.of("database"), Map.of("forse", true), "allowed: force");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-H", "--all", "*", "a b", "; touch pwned", "$(touch pwned)", "a\nb"})
  void a_unit_is_one_name(String unit) {
    for (ServiceManager manager :
        List.of(ServiceManager.SYSTEMD, ServiceManager.SYSV, ServiceManager.SUPERVISOR)) {
      Platform platform = PlatformBuilder.aPlatform().managedBy(manager, unit).build();

      assertThatThrownBy(() -> Kinds.prepare("start-service", platform))
          .isInstanceOf(StepRefused.class)
          .hasMessageContaining("is not the name of one unit");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"; touch pwned", "$(touch pwned)", "' \" ` \\", "-n", "a\ntouch pwned"})
  void names_are_only_text_on_the_host(String name) {
    PlatformBuilder builder = PlatformBuilder.aPlatform().service(name).address(name);
    builder.check(new Check.Tcp(1, Optional.empty()));

    LocalShell.Ended ended =
        new LocalShell(List.of("sh"), directory)
            .run(Kinds.prepare("check-service", builder.build()));

    assertThat(ended.result().values()).containsEntry("well", "false");
    assertThat(directory.resolve("pwned")).doesNotExist();
  }

  @Test
  void own_commands_have_to_be_there() {
    Platform platform = PlatformBuilder.aPlatform().noCommands().build();

    assertThatThrownBy(() -> Kinds.prepare("start-service", platform))
        .isInstanceOf(StepRefused.class)
        .hasMessageContaining("give its start, stop and status");
  }

  @Test
  void an_address_of_ip_version_6_stands_in_brackets_in_a_url() {
    Platform platform =
        PlatformBuilder.aPlatform()
            .address("fd00::7")
            .check(new Check.Http("http://{host}:8080/", 200, Optional.empty()))
            .build();

    assertThat(Kinds.prepare("check-service", platform).arguments())
        .contains("http://[fd00::7]:8080/");
  }

  private static StepRequest request(String kind, Map<String, Object> parameters) {
    return new StepRequest(kind, "db1", Optional.of("database"), parameters, Optional.empty());
  }

  private static void refused(
      String host, Optional<String> service, Map<String, Object> parameters, String why) {
    StepRequest request =
        new StepRequest("start-service", host, service, parameters, Optional.empty());
    assertThatThrownBy(() -> Kinds.ALL.named("start-service").prepare(request, PLATFORM))
        .isInstanceOf(StepRefused.class)
        .hasMessageContaining(why);
  }
}
