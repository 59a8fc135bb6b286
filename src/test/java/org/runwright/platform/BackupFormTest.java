package org.runwright.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What services.yml says of databases and their backups. */
class BackupFormTest {

  private static final String DATABASE = "database: {kind: mariadb, name: crm}, ";
  private static final String HEAD = "  s: {hosts: db, manager: sysv, ";

  @Test
  void everything_can_be_said() {
    Service service =
        read(
            "database: {kind: postgresql, name: crm_2, credentials: /etc/runwright/crm.conf}, "
                + "backup: {directory: /srv/backup, keep: 7, keep-days: 30, keep-at-least: 2, timeout: PT4H}");

    assertThat(service.database())
        .contains(
            new DatabaseSettings(
                DatabaseKind.POSTGRESQL, "crm_2", Optional.of("/etc/runwright/crm.conf")));
    assertThat(service.backup())
        .contains(
            new BackupSettings(
                "/srv/backup",
                Optional.of(7),
                Optional.of(Duration.ofDays(30)),
                2,
                Duration.ofHours(4)));
  }

  @Test
  void what_is_not_said_has_its_default() {
    Service service = read(DATABASE + "backup: {directory: /srv/backup}");

    assertThat(service.database())
        .contains(new DatabaseSettings(DatabaseKind.MARIADB, "crm", Optional.empty()));
    assertThat(service.backup())
        .contains(
            new BackupSettings(
                "/srv/backup", Optional.empty(), Optional.empty(), 1, Duration.ofHours(2)));
  }

  @Test
  void a_service_need_be_no_database() {
    Service service = read("become: true");

    assertThat(service.database()).isEmpty();
    assertThat(service.backup()).isEmpty();
  }

  static Stream<Refusal> refusals() {
    return Stream.of(
        service("", "database: crm", 10, "must be a mapping"),
        service("", "database: {name: crm}", 10, "\"kind\" is missing"),
        service("", "database: {kind: mariadb}", 10, "\"name\" is missing"),
        service(
            "",
            "database: {kind: mariabd, name: crm}",
            17,
            "did you mean \"mariadb\"? allowed: mariadb, mysql, postgresql"),
        service("", "database: {kind: mariadb, name: '-x'}", 32, "the name of a database"),
        service("", "database: {kind: mariadb, name: 'a`; drop'}", 32, "the name of a database"),
        service(
            "", "database: {kind: mariadb, name: a, password: x}", 35, "unknown key \"password\""),
        service(
            "",
            "database: {kind: mariadb, name: a, credentials: crm.cnf}",
            48,
            "an absolute path on the host"),
        service("", "backup: {directory: /srv/b}", 8, "add \"database\""),
        service(DATABASE, "backup: {keep: 3}", 8, "\"directory\" is missing"),
        service(DATABASE, "backup: {directory: b}", 20, "an absolute path"),
        service(DATABASE, "backup: {directory: /srv/../b}", 20, "without \"..\""),
        service(DATABASE, "backup: {directory: /b, keep: 0}", 30, "from 1 to 1000"),
        service(
            DATABASE, "backup: {directory: /b, keep: 1, keep-at-least: 2}", 30, "keep-at-least"),
        service(DATABASE, "backup: {directory: /b, keep-days: P3D}", 35, "a whole number"),
        service(DATABASE, "backup: {directory: /b, timeout: 2h}", 33, "did you mean PT2H?"),
        service(DATABASE, "backup: {directory: /b, kepp: 2}", 24, "did you mean \"keep\"?"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void what_is_wrong_is_told_with_place(Refusal refusal) {
    FileProblems problems = new FileProblems("services.yml");
    byte[] content = refusal.text().getBytes(UTF_8);

    assertThat(ServicesFile.read(content, Optional.empty(), problems)).isEmpty();

    refusal.isTold(problems.all());
  }

  /**
   * @param column in {@code keys}, from 0
   */
  private static Refusal service(String before, String keys, int column, String message) {
    String line = HEAD + before;
    return Refusal.of("3:" + (line.length() + column + 1), message, text(before + keys));
  }

  private static String text(String keys) {
    return "platform: p\nservices:\n" + HEAD + keys + "}";
  }

  private static Service read(String keys) {
    FileProblems problems = new FileProblems("services.yml");
    Optional<ServiceMap> map =
        ServicesFile.read(text(keys).getBytes(UTF_8), Optional.empty(), problems);
    assertThat(problems.all()).isEmpty();
    return map.orElseThrow().service("s").orElseThrow();
  }
}
