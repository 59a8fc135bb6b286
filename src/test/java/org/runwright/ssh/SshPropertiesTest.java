package org.runwright.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SshPropertiesTest {

  @Test
  void defaults_limit_everything() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new SshProperties(
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                2,
                8,
                1000,
                List.of(Path.of(System.getProperty("user.home"), ".ssh", "known_hosts")),
                false,
                "",
                1 << 20));
  }

  @Test
  void every_key_is_read() {
    Map<String, String> keys =
        Map.ofEntries(
            Map.entry("connect-timeout", "1s"),
            Map.entry("login-timeout", "2s"),
            Map.entry("keep-alive", "3s"),
            Map.entry("command-timeout", "4s"),
            Map.entry("idle", "5s"),
            Map.entry("connections-per-host", "6"),
            Map.entry("commands-per-connection", "7"),
            Map.entry("connections", "8"),
            Map.entry("known-hosts", "/a,/b"),
            Map.entry("trust-on-first-use", "true"),
            Map.entry("state-directory", "/var/lib/r"),
            Map.entry("output-per-look", "98304"));
    assertThat(bind(keys))
        .isEqualTo(
            new SshProperties(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                6,
                7,
                8,
                List.of(Path.of("/a"), Path.of("/b")),
                true,
                "/var/lib/r",
                98304));
  }

  @Test
  void a_wrong_value_names_its_key() {
    assertThatThrownBy(() -> bind(Map.of("state-directory", "relative")))
        .hasRootCauseMessage(
            "runwright.ssh.state-directory must be an absolute path without quotes");
    assertThatThrownBy(() -> bind(Map.of("output-per-look", "98303")))
        .hasRootCauseMessage("runwright.ssh.output-per-look must be 98304 or more");
    assertThatThrownBy(() -> bind(Map.of("keep-alive", "1s")))
        .hasRootCauseMessage("runwright.ssh.keep-alive must be 3s or more");
  }

  private static SshProperties bind(Map<String, String> keys) {
    MapConfigurationPropertySource source = new MapConfigurationPropertySource();
    keys.forEach((key, value) -> source.put("runwright.ssh." + key, value));
    return new Binder(source).bindOrCreate("runwright.ssh", SshProperties.class);
  }
}
