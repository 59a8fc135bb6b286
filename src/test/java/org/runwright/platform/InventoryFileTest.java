package org.runwright.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryFileTest {

  @TempDir Path folder;

  @Test
  void groups_nest_merge_and_inherit() {
    Inventory inventory =
        read(
            """
            all:
              vars: {site: staging, level: all}
              hosts:
                lone:
              children:
                eu:
                  vars: {level: eu, region: eu}
                  children:
                    web: {vars: {level: web}}
                db:
                  hosts:
                    db1: {level: own}
            web:
              hosts:
                web[01:03]:
              vars: {tier: front}
            db:
              hosts: {db2: , web01: {extra: 1}}
            """);
    assertThat(inventory.hosts().keySet())
        .containsExactly("db1", "db2", "lone", "web01", "web02", "web03");
    assertThat(inventory.groups())
        .containsEntry("web", List.of("web01", "web02", "web03"))
        .containsEntry("eu", List.of("web01", "web02", "web03"))
        .containsEntry("db", List.of("db1", "db2", "web01"))
        .containsEntry("ungrouped", List.of("lone"))
        .containsEntry("all", List.of("lone", "db1", "web01", "web02", "web03", "db2"));
    Host web1 = inventory.host("web01").orElseThrow();
    assertThat(web1.groups()).containsExactly("all", "db", "eu", "web");
    assertThat(web1.variables())
        .isEqualTo(
            Map.of(
                "site", "staging", "level", "web", "region", "eu", "tier", "front", "extra", 1L));
    assertThat(inventory.host("db1").orElseThrow().variables()).containsEntry("level", "own");
    assertThat(inventory.host("lone").orElseThrow().groups()).containsExactly("all", "ungrouped");
    assertThat(inventory.variables()).isEqualTo(Map.of("site", "staging", "level", "all"));
  }

  @Test
  void who_is_in_another_group_is_not_ungrouped() {
    Inventory inventory = read("ungrouped: {hosts: {a: , b: }}\nweb: {hosts: {a: }}");
    assertThat(inventory.groups()).containsEntry("ungrouped", List.of("b"));
    assertThat(inventory.host("a").orElseThrow().groups()).containsExactly("all", "web");
  }

  @Test
  void at_the_same_depth_the_later_name_wins_unless_a_priority_says_otherwise() {
    String text =
        """
        zebra: {hosts: {h: }, vars: {x: zebra}}
        ant: {hosts: {h: }, vars: {x: ant%s}}
        """;
    assertThat(read(text.formatted("")).host("h").orElseThrow().variables())
        .isEqualTo(Map.of("x", "zebra"));
    assertThat(
            read(text.formatted(", ansible_group_priority: 10"))
                .host("h")
                .orElseThrow()
                .variables())
        .isEqualTo(Map.of("x", "ant"));
  }

  @Test
  void the_longest_way_from_all_makes_the_depth() {
    Inventory inventory =
        read(
            """
            a: {children: {b: {children: {c: {hosts: {h: }, vars: {x: c}}}}}}
            all: {children: {c: }}
            z: {hosts: {h: }, vars: {x: z}}
            """);
    assertThat(inventory.host("h").orElseThrow().variables()).containsEntry("x", "c");
  }

  @Test
  void a_host_without_variables_is_reached_as_ansible_would() {
    Host host = onlyHost("all: {hosts: {web1: }}");
    assertThat(host.address()).isEqualTo("web1");
    assertThat(host.port()).isEqualTo(22);
    assertThat(host.login())
        .isEqualTo(new Login("me", Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(host.become()).isEmpty();
    assertThat(host.jumps()).isEmpty();
  }

  @Test
  void connection_variables_are_read_and_secrets_kept_apart() {
    Host host =
        onlyHost(
            """
            all:
              vars:
                ansible_become: yes
                ansible_become_pass: geheim3
                ansible_ssh_common_args: '-o ServerAliveInterval=5 -o "ProxyJump=u@bastion:2200,inner"'
                ansible_python_interpreter: /usr/bin/python3
              hosts:
                db1:
                  ansible_host: 10.0.0.1
                  ansible_port: "2222"
                  ansible_user: admin
                  ansible_ssh_private_key_file: keys/id
                  ansible_ssh_private_key_passphrase: geheim1
                  ansible_password: 12345
                  ansible_sudo_pass: geheim2
                  site: "{{ whatever | upper }}"
                  token: !vault |
                    $ANSIBLE_VAULT;1.1;AES256
            """);
    assertThat(host.address()).isEqualTo("10.0.0.1");
    assertThat(host.port()).isEqualTo(2222);
    assertThat(host.login())
        .isEqualTo(
            new Login(
                "admin",
                Optional.of(folder.resolve("keys/id")),
                Optional.of(new Credential("geheim1")),
                Optional.of(new Credential("12345"))));
    assertThat(host.become()).contains(new Become("root", Optional.of(new Credential("geheim3"))));
    assertThat(host.jumps())
        .containsExactly(new Jump("u", "bastion", 2200), new Jump("me", "inner", 22));
    assertThat(host.variables())
        .containsEntry("site", "{{ whatever | upper }}")
        .containsEntry("ansible_python_interpreter", "/usr/bin/python3")
        .containsEntry("token", "$ANSIBLE_VAULT;1.1;AES256\n")
        .doesNotContainKeys("ansible_password", "ansible_become_pass", "ansible_sudo_pass")
        .doesNotContainKey("ansible_ssh_private_key_passphrase");
    assertThat(host + " " + host.login() + host.become()).doesNotContain("geheim", "12345");
  }

  @Test
  void secrets_of_all_are_no_variables_of_the_inventory() {
    Inventory inventory = read("all: {vars: {ansible_ssh_pass: geheim, a: 1}, hosts: {h: }}");
    assertThat(inventory.variables()).isEqualTo(Map.of("a", 1L));
    assertThat(inventory.toString()).doesNotContain("geheim");
  }

  @Test
  void a_key_file_may_begin_at_home() {
    Host host = onlyHost("all: {hosts: {h: {ansible_ssh_private_key_file: ~/.ssh/id}}}");
    assertThat(host.login().keyFile()).contains(Path.of("/home/me/.ssh/id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "true", "True", "1", "on", "'yes'", "y"})
  void become_is_true_in_every_spelling_of_ansible(String word) {
    Host host =
        onlyHost("all: {hosts: {h: {ansible_become: " + word + ", ansible_become_user: app}}}");
    assertThat(host.become()).contains(new Become("app", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-J u@h:22,h2 | u@h:22 me@h2:22",
        "-Ju@h | u@h:22",
        "-o ProxyJump=h | me@h:22",
        "-oProxyJump=h | me@h:22",
        "-o 'ProxyJump h' | me@h:22",
        "-o proxyjump=\"h\" | me@h:22",
        "-C -o ControlMaster=auto -i 'my key' -J ssh://u@h:2222 | u@h:2222",
        "-J [2001:db8::1]:22 | me@2001:db8::1:22",
        "-o ProxyJump=none | ''",
        "-o ProxyCommand=none | ''",
        "-o StrictHostKeyChecking=no | ''",
        "-i -J -q | ''",
      })
  void jumps_are_found_among_the_arguments_of_ssh(String arguments, String expected) {
    Host host =
        onlyHost(
            "all: {hosts: {h: {ansible_ssh_extra_args: \""
                + arguments.replace("\"", "\\\"")
                + "\"}}}");
    assertThat(
            String.join(
                " ",
                host.jumps().stream()
                    .map(jump -> jump.user() + "@" + jump.address() + ":" + jump.port())
                    .toList()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web[1:3] | web1 web2 web3",
        "web[01:03].x | web01.x web02.x web03.x",
        "db-[a:c].example | db-a.example db-b.example db-c.example",
        "n[1:9:4] | n1 n5 n9",
        "[a:b][1:2] | a1 a2 b1 b2",
        "n[:2] | n0 n1 n2",
        "n[098:101] | n098 n099 n100 n101",
      })
  void ranges_stand_for_hosts(String pattern, String expected) {
    Inventory inventory = read("all: {hosts: {'" + pattern + "': }}");
    assertThat(inventory.groups().get("all")).containsExactly(expected.split(" "));
  }

  @Test
  void a_port_may_stand_behind_the_name() {
    assertThat(onlyHost("all: {hosts: {'web1:2222': }}").port()).isEqualTo(2222);
    assertThat(onlyHost("all: {hosts: {'[::1]:2222': }}").name()).isEqualTo("::1");
    assertThat(onlyHost("all: {hosts: {'web[1:1]:2222': }}").name()).isEqualTo("web1");
    assertThat(onlyHost("all: {hosts: {'2001:db8::1': }}").port()).isEqualTo(22);
  }

  @Test
  void a_single_name_stands_for_a_section() {
    assertThat(read("web: {hosts: web1}\nall: {children: web}").groups())
        .containsEntry("web", List.of("web1"));
  }

  @Test
  void lookups_are_followed_and_those_of_secrets_left_as_references() throws IOException {
    Files.writeString(folder.resolve("address"), "10.0.0.9\n");
    Host host =
        onlyHost(
            """
            all:
              hosts:
                h:
                  ansible_host: "{{ lookup('file', 'address') }}"
                  ansible_user: '{{lookup("ansible.builtin.env","WHO")}}'
                  ansible_password: "{{ lookup( 'env' , 'SECRET' ) }}"
                  ansible_become: true
                  ansible_become_password: "{{ lookup('file', 'pw') }}"
            """);
    assertThat(host.address()).isEqualTo("10.0.0.9");
    assertThat(host.login().user()).isEqualTo("someone");
    assertThat(host.login().password().orElseThrow().text())
        .isEqualTo("{{ lookup('env', 'SECRET') }}");
    assertThat(host.become().orElseThrow().password().orElseThrow().text())
        .isEqualTo("{{ lookup('file', '" + folder.resolve("pw") + "') }}");
  }

  @Test
  void a_group_or_a_host_is_selected() {
    Inventory inventory = read("web: {hosts: {'w[1:2]': }}");
    assertThat(inventory.select("web")).extracting(Host::name).containsExactly("w1", "w2");
    assertThat(inventory.select("w2")).extracting(Host::name).containsExactly("w2");
    assertThat(inventory.select("none")).isEmpty();
  }

  @Test
  void thousands_of_hosts_are_read_in_time() {
    Inventory inventory = read("web: {hosts: {'w[1:9999]': {a: 1}}, vars: {b: 2}}");
    assertThat(inventory.hosts()).hasSize(9_999);
  }

  private Host onlyHost(String text) {
    Inventory inventory = read(text);
    assertThat(inventory.hosts()).hasSize(1);
    return inventory.hosts().get(inventory.hosts().firstKey());
  }

  private Inventory read(String text) {
    FileProblems problems = new FileProblems("inventory.yml");
    Map<String, String> environment = Map.of("WHO", "someone");
    Surroundings around =
        new Surroundings(
            folder, "me", Path.of("/home/me"), name -> Optional.ofNullable(environment.get(name)));
    Optional<Inventory> inventory = InventoryFile.read(text.getBytes(UTF_8), around, problems);
    assertThat(problems.all()).isEmpty();
    return inventory.orElseThrow();
  }
}
