package org.runwright.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServicesFileTest {

  private static final Inventory INVENTORY =
      InventoryFile.read(
              "db: {hosts: db1}\napp: {hosts: {app1: , app2: }}\nnone: ".getBytes(UTF_8),
              Surroundings.ofServer(Path.of(".")),
              new FileProblems("inventory.yml"))
          .orElseThrow();

  @Test
  void the_service_map_of_the_contract_is_read() {
    ServiceMap map =
        read(
            """
            platform: crm
            services:
              database:
                hosts: db
                manager: systemd
                unit: mariadb
                checks: [ { tcp: 3306 }, { command: "mysqladmin ping" } ]
                start-timeout: PT90S
                stop-timeout: PT10S
              crm: { hosts: app1, manager: systemd, depends-on: [database], become: false,
                     checks: [ { http: "http://{host}:8080/health", expect: 204, within: PT30S } ] }
              cache:
                hosts: app
                manager: command
                start: /opt/cache start
                stop: /opt/cache stop
                status: /opt/cache status
                kill: /opt/cache kill
                depends-on: database
            """);
    assertThat(map.platform()).isEqualTo("crm");
    assertThat(map.service("database"))
        .contains(
            new Service(
                "database",
                "db",
                ServiceManager.SYSTEMD,
                "mariadb",
                commands(null, null, null, null),
                true,
                List.of(
                    new Check.Tcp(3306, Optional.empty()),
                    new Check.Command("mysqladmin ping", Optional.empty())),
                Duration.ofSeconds(90),
                Duration.ofSeconds(10),
                new TreeSet<>()));
    Service crm = map.service("crm").orElseThrow();
    assertThat(crm.unit()).isEqualTo("crm");
    assertThat(crm.become()).isFalse();
    assertThat(crm.startTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(crm.stopTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(crm.dependsOn()).containsExactly("database");
    assertThat(crm.checks())
        .containsExactly(
            new Check.Http("http://{host}:8080/health", 204, Optional.of(Duration.ofSeconds(30))));
    assertThat(map.service("cache").orElseThrow().commands())
        .isEqualTo(
            commands(
                "/opt/cache start", "/opt/cache stop", "/opt/cache status", "/opt/cache kill"));
  }

  static Stream<Refusal> refusals() {
    String circle =
        """
        platform: p
        services:
          a: {hosts: db, manager: sysv, depends-on: [b]}
          b: {hosts: db, manager: sysv, depends-on: [c]}
          c: {hosts: db, manager: sysv, depends-on: [a]}
        """;
    return Stream.of(
        Refusal.of("1:1", "\"services\" is missing", "platform: p"),
        Refusal.of("1:1", "\"platform\" is missing", "services: {}"),
        Refusal.of(
            "2:1",
            "unknown key \"service\"; did you mean \"services\"?",
            "platform: p\nservice: {}"),
        Refusal.of("5:46", "in a cycle: a → b → c → a", circle),
        Refusal.of("5:46", "in a cycle: b → c → b", circle.replace("[a]", "[b]")),
        service("manager: systemd", 6, "\"hosts\" is missing"),
        service("hosts: db", 6, "\"manager\" is missing"),
        service("hosts: db2, manager: sysv", 14, "did you mean \"db\"? allowed: all, app, app1"),
        service("hosts: none, manager: sysv", 14, "the group \"none\" has no hosts"),
        service("hosts: , manager: sysv", 13, "must be a text, but nothing is there"),
        service(
            "hosts: db, manager: systemctl",
            27,
            "did you mean \"systemd\"? allowed: systemd, sysv, supervisor, command"),
        service("hosts: db, manager: sysv, unit: 'a; touch pwned'", 39, "must be a unit's name"),
        service("hosts: db, manager: sysv, unit: '-x'", 39, "must be a unit's name"),
        service("hosts: db, manager: sysv, unit: \"a\\nb\"", 39, "must be a unit's name"),
        service("hosts: db, manager: sysv, unit: ''", 39, "must be a unit's name"),
        service("hosts: db, manager: sysv, depends-on: [x]", 46, "no service \"x\"; allowed: s"),
        service("hosts: db, manager: sysv, depends-on: [s]", 46, "in a cycle: s → s"),
        service("hosts: db, manager: sysv, become: 1", 41, "must be true or false"),
        service(
            "hosts: db, manager: sysv, start-timeout: 60", 48, "ISO-8601 duration such as PT30S"),
        service("hosts: db, manager: sysv, stop-timeout: PT0S", 47, "above zero"),
        service(
            "hosts: db, manager: sysv, start: x",
            40,
            "only for the manager command; sysv has its own"),
        service("hosts: db, manager: command, start: a, stop: b", 6, "\"status\" is missing"),
        service(
            "hosts: db, manager: command, start: '', stop: b, status: c", 43, "must not be empty"),
        service(
            "hosts: db, manager: command, unit: u, start: a, stop: b, status: c", 42, "no units"),
        service(
            "hosts: db, manager: sysv, requires: [a]",
            33,
            "unknown key \"requires\"; allowed: hosts, manager"),
        check("tcp: 0", 6, "from 1 to 65535"),
        check("tcp: 65536", 6, "from 1 to 65535"),
        check("tcp: http", 6, "from 1 to 65535"),
        check("tpc: 80", 1, "did you mean \"tcp\"?"),
        check("tcp: 80, command: x", 0, "exactly one of tcp, http and command"),
        check("within: PT1S", 0, "exactly one of tcp, http and command"),
        check("tcp: 80, expect: 200", 10, "unknown key \"expect\""),
        check("tcp: 80, within: 5s", 18, "did you mean PT5S?"),
        check("command: ''", 10, "must not be empty"),
        check("http: 'ftp://x/'", 7, "must be a URL such as"),
        check("http: 'http://u:p@x/'", 7, "without a user"),
        check("http: 'http:///x'", 7, "must be a URL"),
        check("http: 'http://a b/'", 7, "must be a URL"),
        check("http: 'http://{name}/'", 7, "the only placeholder of a URL is {host}"),
        check("http: 'http://x/', expect: 99", 28, "from 100 to 599"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void what_is_wrong_is_told_with_place(Refusal refusal) {
    FileProblems problems = new FileProblems("services.yml");
    byte[] content = refusal.text().getBytes(UTF_8);
    assertThat(ServicesFile.read(content, Optional.of(INVENTORY), problems)).isEmpty();
    refusal.isTold(problems.all());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mariadb", "getty@tty1.service", "group:program", "a_b-c.d", "@x"})
  void sane_units_are_taken(String unit) {
    ServiceMap map =
        read("platform: p\nservices: {s: {hosts: db, manager: systemd, unit: '" + unit + "'}}");
    assertThat(map.service("s").orElseThrow().unit()).isEqualTo(unit);
  }

  @Test
  void hosts_are_left_alone_while_the_inventory_is_wrong() {
    FileProblems problems = new FileProblems("services.yml");
    byte[] content = "platform: p\nservices: {s: {hosts: x, manager: sysv}}".getBytes(UTF_8);
    assertThat(ServicesFile.read(content, Optional.empty(), problems)).isPresent();
    assertThat(problems.all()).isEmpty();
  }

  private static Refusal service(String keys, int column, String message) {
    return Refusal.of("3:" + column, message, "platform: p\nservices:\n  s: {" + keys + "}");
  }

  private static Refusal check(String keys, int column, String message) {
    String head = "  s: {hosts: db, manager: sysv, checks: [{";
    String text = "platform: p\nservices:\n" + head + keys + "}]}";
    return Refusal.of("3:" + (head.length() + column), message, text);
  }

  private static ServiceCommands commands(String start, String stop, String status, String kill) {
    return new ServiceCommands(
        Optional.ofNullable(start),
        Optional.ofNullable(stop),
        Optional.ofNullable(status),
        Optional.ofNullable(kill));
  }

  private static ServiceMap read(String text) {
    FileProblems problems = new FileProblems("services.yml");
    Optional<ServiceMap> map =
        ServicesFile.read(text.getBytes(UTF_8), Optional.of(INVENTORY), problems);
    assertThat(problems.all()).isEmpty();
    return map.orElseThrow();
  }
}
