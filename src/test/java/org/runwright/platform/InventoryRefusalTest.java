package org.runwright.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InventoryRefusalTest {

  static Stream<Refusal> structure() {
    return Stream.of(
        Refusal.of("1:7", "unknown key \"host\"; did you mean \"hosts\"?", "all: {host: {a: }}"),
        Refusal.of("1:14", "must be a mapping (key: value), but a list", "all: {hosts: [a]}"),
        Refusal.of("1:6", "must be a mapping", "web: [a, b]"),
        Refusal.of("1:18", "must be a mapping", "all: {hosts: {a: 1}}"),
        Refusal.of("1:13", "must be a mapping", "all: {vars: x}"),
        Refusal.of("1:1", "a group's name", "'a b': {}"),
        Refusal.of("1:15", "a host's name", "all: {hosts: {'a b': }}"),
        Refusal.of("1:15", "a host's name", "all: {hosts: {'-oProxyCommand=x': }}"),
        Refusal.of("1:15", "a host range is written", "all: {hosts: {'a[1-3]': }}"),
        Refusal.of("1:15", "must begin at or before its end", "all: {hosts: {'a[3:1]': }}"),
        Refusal.of("1:15", "the same length", "all: {hosts: {'a[01:100]': }}"),
        Refusal.of("1:15", "from a number to a number", "all: {hosts: {'a[1:c]': }}"),
        Refusal.of("1:15", "step", "all: {hosts: {'a[1:3:0]': }}"),
        Refusal.of("1:15", "more than 10,000 hosts", "all: {hosts: {'a[1:99999999]': }}"),
        Refusal.of("1:15", "more than 10,000 hosts", "all: {hosts: {'a[1:999][1:999][1:999]': }}"),
        Refusal.of("1:32", "more than 10,000 hosts", "all: {hosts: {'a[1:9999]': {}, 'b[1:9]': }}"),
        Refusal.of("2:16", "a → b → a", "a: {children: {b: }}\nb: {children: {a: }}"),
        Refusal.of("1:16", "a → a", "a: {children: {a: }}"),
        Refusal.of("1:16", "the group all holds every group", "a: {children: {all: }}"),
        Refusal.of("1:38", "must be a whole number", "all: {vars: {ansible_group_priority: x}}"));
  }

  static Stream<Refusal> connections() {
    String vault = "{ansible_password: !vault x}";
    return Stream.of(
        host("ansible_host: '{{ inventory_hostname }}.x'", 14, "holds a template"),
        host("ansible_user: '{{ lookup(''pipe'', ''id'') }}'", 14, "holds a template"),
        host("ansible_port: '{% if x %}22{% endif %}'", 14, "holds a template"),
        host("ansible_password: '{{ vault_pw }}'", 18, "holds a template"),
        host(
            "ansible_host: '{{ lookup(''env'', ''NOT_SET'') }}'",
            14,
            "\"NOT_SET\", which is not set"),
        host("ansible_host: '{{ lookup(''file'', ''none'') }}'", 14, "/none, which cannot be read"),
        host("ansible_host: '-oProxyCommand=x'", 14, "must be an address"),
        host("ansible_host: 'a b'", 14, "must be an address"),
        host("ansible_host: [a]", 14, "must be a text, but a list is there"),
        host("ansible_port: 0", 14, "must be a port"),
        host("ansible_port: 65536", 14, "must be a port"),
        host("ansible_port: ssh", 14, "must be a port"),
        host("ansible_user: '-l'", 14, "must be a user name"),
        host("ansible_user: 'a b'", 14, "must be a user name"),
        host("ansible_connection: local", 20, "\"local\" is not supported"),
        host("ansible_connection: winrm", 20, "\"winrm\" is not supported"),
        host("ansible_become: maybe", 16, "must be true or false"),
        host("ansible_become: 1, ansible_become_method: su", 42, "allowed: sudo"),
        host(
            "ansible_ssh_common_args: '-o ProxyCommand=\"ssh -W %h:%p b\"'",
            25, "a ProxyCommand is not supported; use -o ProxyJump"),
        host("ansible_ssh_common_args: '-o ProxyCommand=x'", 25, "a ProxyCommand"),
        host("ansible_ssh_extra_args: '-J b:c:d,'", 24, "a jump host is written"),
        host("ansible_ssh_extra_args: '-J'", 24, "a jump host is written"),
        host("ansible_ssh_extra_args: '-J -oX@h'", 24, "a jump host is written"),
        host("ansible_ssh_extra_args: '-J h:99999'", 24, "the port of a jump host"),
        host("ansible_ssh_extra_args: '-J \"h'", 24, "a quote is opened but not closed"),
        host("ansible_ssh_extra_args: '-J a,a,a,a,a,a,a,a,a'", 24, "more than 8 jump hosts"),
        Refusal.of("1:37", "encrypted by Ansible Vault", "all: {hosts: {h: " + vault + "}}"));
  }

  @ParameterizedTest
  @MethodSource({"structure", "connections"})
  void what_is_wrong_is_told_with_place(Refusal refusal) {
    FileProblems problems = read(refusal.text());
    refusal.isTold(problems.all());
  }

  @Test
  void one_wrong_variable_of_a_group_is_told_once() {
    assertThat(read("all: {hosts: {'h[1:500]': }, vars: {ansible_port: x}}").all()).hasSize(1);
  }

  @Test
  void a_secret_is_never_told() {
    FileProblems problems =
        read(
            "all: {hosts: {h: {ansible_password: '{{ geheim }}', ansible_become: 1, ansible_become_pass: [geheim]}}}");
    assertThat(problems.all()).hasSize(2);
    assertThat(problems.all().toString()).doesNotContain("geheim");
  }

  private static Refusal host(String variables, int column, String message) {
    String head = "all: {hosts: {h: {";
    return Refusal.of("1:" + (head.length() + column + 1), message, head + variables + "}}}");
  }

  private static FileProblems read(String text) {
    FileProblems problems = new FileProblems("inventory.yml");
    Surroundings around =
        new Surroundings(Path.of("/nowhere"), "me", Path.of("/home/me"), name -> Optional.empty());
    assertThat(InventoryFile.read(text.getBytes(UTF_8), around, problems)).isEmpty();
    return problems;
  }
}
