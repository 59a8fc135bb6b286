package org.runwright.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformFilesTest {

  private static final String INVENTORY = "db: {hosts: db1}\n";
  private static final String SERVICES =
      "platform: p\nservices: {database: {hosts: db, manager: systemd}}\n";

  @TempDir Path folder;

  private final List<Object> events = new ArrayList<>();

  @Test
  void good_files_are_in_force_from_the_start() throws IOException {
    write(INVENTORY, SERVICES);
    PlatformFiles platforms = platforms();
    Platform platform = platforms.current();
    assertThat(platforms.problems()).isEmpty();
    assertThat(platform.hostsOf(platform.services().service("database").orElseThrow()))
        .extracting(Host::name)
        .containsExactly("db1");
    assertThat(events).isEmpty();
  }

  @Test
  void bad_files_at_the_start_leave_an_empty_platform_and_problems() throws IOException {
    write(INVENTORY, SERVICES.replace("hosts: db", "hosts: nothing"));
    PlatformFiles platforms = platforms();
    assertThat(platforms.current().services().services()).isEmpty();
    assertThat(platforms.current().inventory().hosts()).isEmpty();
    assertThat(platforms.problems()).hasSize(1);
    assertThat(platforms.problems().get(0).toString())
        .startsWith("services.yml:2:30: no group or host \"nothing\"");
  }

  @Test
  void missing_files_and_a_missing_folder_are_problems() {
    assertThat(platforms().problems())
        .extracting(FileProblem::file)
        .containsExactly("inventory.yml", "services.yml");
    PlatformProperties away =
        new PlatformProperties(folder.resolve("away").toString(), Duration.ofSeconds(1));
    assertThat(new PlatformFiles(away, events::add).problems())
        .hasSize(1)
        .allSatisfy(problem -> assertThat(problem.message()).contains("does not exist"));
  }

  @Test
  void the_last_good_version_stays_until_the_files_are_right_again() throws IOException {
    write(INVENTORY, SERVICES);
    PlatformFiles platforms = platforms();
    Platform first = platforms.current();

    write(INVENTORY, SERVICES.replace("manager: systemd", "manager: nothing"));
    lookTwice(platforms);
    assertThat(platforms.current()).isSameAs(first);
    assertThat(platforms.problems()).hasSize(1);
    assertThat(events).isEmpty();

    write(INVENTORY, SERVICES.replace("database", "base"));
    lookTwice(platforms);
    assertThat(platforms.problems()).isEmpty();
    assertThat(platforms.current().services().services()).containsOnlyKeys("base");
    assertThat(events).containsExactly(new PlatformChanged(platforms.current()));

    lookTwice(platforms);
    assertThat(events).hasSize(1);
  }

  @Test
  void a_file_back_as_it_was_clears_its_problem() throws IOException {
    write(INVENTORY, SERVICES);
    PlatformFiles platforms = platforms();
    write("all: {", SERVICES);
    lookTwice(platforms);
    assertThat(platforms.problems()).isNotEmpty();
    write(INVENTORY, SERVICES);
    lookTwice(platforms);
    assertThat(platforms.problems()).isEmpty();
  }

  @Test
  void too_large_a_file_is_told_once() throws IOException {
    write("# " + "x".repeat(YamlFile.MAX_BYTES), SERVICES);
    assertThat(platforms().problems()).hasSize(1);
  }

  private PlatformFiles platforms() {
    return new PlatformFiles(
        new PlatformProperties(folder.toString(), Duration.ofSeconds(1)), events::add);
  }

  private static void lookTwice(PlatformFiles platforms) {
    platforms.look();
    platforms.look();
  }

  private void write(String inventory, String services) throws IOException {
    Files.writeString(folder.resolve("inventory.yml"), inventory);
    Files.writeString(folder.resolve("services.yml"), services);
  }
}
