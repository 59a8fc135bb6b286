package org.runwright.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The key pool of services.yml. */
class PoolFormTest {

  private static final String HEAD = "  s: {hosts: db, manager: sysv, pool: ";

  @Test
  void a_pool_names_its_balancer_and_has_sane_defaults() {
    FileProblems problems = new FileProblems("services.yml");
    Service service = read("{balancer: b, backend: crm}", problems).orElseThrow();

    assertThat(problems.all()).isEmpty();
    assertThat(service.pool())
        .contains(new Pool("b", "crm", "{host}", "/run/haproxy/admin.sock", 1));
  }

  @Test
  void a_pool_says_what_its_servers_are_called() {
    FileProblems problems = new FileProblems("services.yml");
    Pool pool =
        read(
                "{balancer: b, backend: crm, server: 'node-{host}', socket: /var/run/hap.sock,"
                    + " min-healthy: 0}",
                problems)
            .flatMap(Service::pool)
            .orElseThrow();

    assertThat(pool).isEqualTo(new Pool("b", "crm", "node-{host}", "/var/run/hap.sock", 0));
  }

  static Stream<Refusal> refusals() {
    return Stream.of(
        pool("{backend: crm}", 0, "\"balancer\" is missing"),
        pool("{balancer: b}", 0, "\"backend\" is missing"),
        pool("{balancer: x, backend: crm}", 11, "no service \"x\"; allowed: b, s"),
        pool("{balancer: b, backend: 'a b'}", 23, "must be a name of letters"),
        pool("{balancer: b, backend: 'a;b'}", 23, "must be a name of letters"),
        pool(
            "{balancer: b, backend: c, server: '{name}'}", 34, "{host} stands for the host's name"),
        pool("{balancer: b, backend: c, socket: run/x}", 34, "must be a path such as"),
        pool("{balancer: b, backend: c, min-healthy: -1}", 39, "from 0 to 10000"),
        pool("{balancer: b, backend: c, sever: x}", 26, "did you mean \"server\"?"),
        pool("yes", 0, "must be a mapping"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void what_is_wrong_is_told_with_place(Refusal refusal) {
    FileProblems problems = new FileProblems("services.yml");
    assertThat(ServicesFile.read(refusal.text().getBytes(UTF_8), Optional.empty(), problems))
        .isEmpty();
    refusal.isTold(problems.all());
  }

  private static Refusal pool(String value, int column, String message) {
    return Refusal.of("4:" + (HEAD.length() + 1 + column), message, text(value));
  }

  private static Optional<Service> read(String pool, FileProblems problems) {
    return ServicesFile.read(text(pool).getBytes(UTF_8), Optional.empty(), problems)
        .flatMap(map -> map.service("s"));
  }

  private static String text(String pool) {
    return "platform: p\nservices:\n  b: {hosts: lb, manager: sysv}\n" + HEAD + pool + "}";
  }
}
