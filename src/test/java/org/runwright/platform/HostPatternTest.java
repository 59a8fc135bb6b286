package org.runwright.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPatternTest {

  private static final List<String> HOSTS =
      List.of("web2", "web1", "app1", "app2", "app3", "db1", "old1.example", "10.0.0.1");
  private static final Inventory INVENTORY =
      inventory(
          Map.of(
              "web", List.of("web2", "web1"),
              "app", List.of("app1", "app2", "app3"),
              "db", List.of("db1"),
              "site", List.of("web1", "app1", "db1"),
              "staging", List.of("app3"),
              "empty", List.of()));

  private static Inventory inventory(Map<String, List<String>> groups) {
    TreeMap<String, Host> hosts = new TreeMap<>();
    HOSTS.forEach(name -> hosts.put(name, host(name)));
    TreeMap<String, List<String>> all = new TreeMap<>(groups);
    all.put("all", HOSTS);
    return new Inventory(hosts, all, Map.of());
  }

  private static Host host(String name) {
    Login login = new Login("u", Optional.empty(), Optional.empty(), Optional.empty());
    return new Host(name, name, 22, login, Optional.empty(), List.of(), new TreeSet<>(), Map.of());
  }

  /** Patterns of Ansible's guide "Patterns: targeting hosts and groups", and their mixtures. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all            | web2 web1 app1 app2 app3 db1 old1.example 10.0.0.1",
        "*              | web2 web1 app1 app2 app3 db1 old1.example 10.0.0.1",
        "app2           | app2",
        "db             | db1",
        "app            | app1 app2 app3",
        "db:app1        | app1 db1",
        "db,app1        | app1 db1",
        "db, app1:web   | web2 web1 app1 db1",
        "app:!app2      | app1 app3",
        "app:&site      | app1",
        "web:app:&site:!db | web1 app1",
        "!app2:app      | app1 app3",
        "&site:!db:app:web | web1 app1",
        "!app           | web2 web1 db1 old1.example 10.0.0.1",
        "&site          | web1 app1 db1",
        "app*           | app1 app2 app3",
        "*1             | web1 app1 db1 10.0.0.1",
        "*.example      | old1.example",
        "10.0.0.*       | 10.0.0.1",
        "app?           | app1 app2 app3",
        "*[a]ging       | app3",
        "s*             | web1 app1 app3 db1",
        "*:!s*          | web2 app2 old1.example 10.0.0.1",
        "app[0]         | app1",
        "app[-1]        | app3",
        "app[0:1]       | app1 app2",
        "app[1:]        | app2 app3",
        "app[1:9]       | app2 app3",
        "app[0:2]:!app2 | app1 app3",
        "app*[1]        | app2",
        "web[0]         | web2",
        "app[!12]*      | app3",
      })
  void selects_what_ansible_selects_in_the_order_of_the_inventory(String pattern, String hosts) {
    assertThat(INVENTORY.matching(pattern))
        .extracting(Host::name)
        .containsExactly(hosts.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app4        | names no host or group: \"app4\"; did you mean \"app\"?",
        "ap          | names no host or group: \"ap\"; allowed: all, app, db",
        "app:!ap1    | names no host or group: \"ap1\"; did you mean \"app\"?",
        "app:&sites  | names no host or group: \"sites\"; did you mean \"site\"?",
        "mail*       | matches no host or group: \"mail*\"",
        "app:!mail*  | matches no host or group: \"mail*\"",
        "app:!app    | selects no host",
        "app:&db     | selects no host",
        "empty       | names a group without hosts: empty",
        "app[3]      | has \"app[3]\", but \"app\" has 3 hosts, counted from 0",
        "app[-4]     | but \"app\" has 3 hosts",
        "app[2:1]    | but \"app\" has 3 hosts",
        "~app.*      | has a regular expression, which is not read",
        "app:!       | has ! without a name behind it",
        "' '         | is empty; for every host write all",
        ":,          | is empty",
      })
  void a_part_that_matches_nothing_is_told(String pattern, String message) {
    assertThatThrownBy(() -> INVENTORY.matching(pattern))
        .isInstanceOf(NoSuchHosts.class)
        .hasMessageContaining(message);
  }

  @Test
  void an_inventory_without_hosts_is_told() {
    Inventory empty = new Inventory(new TreeMap<>(), new TreeMap<>(), Map.of());

    assertThatThrownBy(() -> empty.matching("all"))
        .isInstanceOf(NoSuchHosts.class)
        .hasMessageContaining("the inventory has none");
  }

  @Test
  @Timeout(5)
  void a_pattern_cannot_make_matching_long() {
    Glob glob = new Glob("*a".repeat(2_000) + "b");

    assertThat(glob.matches("a".repeat(2_000))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "a*c,abbc,true",
    "a*c,abbd,false",
    "**,x,true",
    "*,'',true",
    "?,'',false",
    "[ab]x,bx,true",
    "[a-c]x,bx,true",
    "[a-c]x,dx,false",
    "[!a-c]x,dx,true",
    "[!a-c]x,ax,false",
    "[]]x,]x,true",
    "[,[,true",
    "a[,a[,true",
    "[a-]x,-x,true"
  })
  void wildcards_match(String pattern, String name, boolean matches) {
    assertThat(new Glob(pattern).matches(name)).isEqualTo(matches);
  }
}
