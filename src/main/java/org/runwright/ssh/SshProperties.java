package org.runwright.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How hosts are reached.
 *
 * @param connectTimeout until the TCP connection stands
 * @param loginTimeout for key exchange and authentication together
 * @param keepAlive a connection on which nothing was heard for so long counts as broken
 * @param commandTimeout for the short requests (start, look, end) beyond the patience or grace that
 *     the caller asks for; not for the commands themselves
 * @param idle after which an unused connection is closed
 * @param connectionsPerHost at most so many to one host and user
 * @param commandsPerConnection at most so many requests at once on a connection; OpenSSH's {@code
 *     MaxSessions} is 10
 * @param connections at most so many in all
 * @param knownHosts files in OpenSSH's format; a leading {@code ~} is the server's home
 * @param trustOnFirstUse whether the key of an unknown host is accepted and added to the first file
 *     of {@code knownHosts}; a changed key is always refused
 * @param stateDirectory where hosts keep what belongs to a token; empty: {@code ~/.runwright}, else
 *     {@code /var/tmp/runwright-UID} where the home cannot be written
 * @param outputPerLook bytes of each output stream that one look brings at most
 */
@ConfigurationProperties("runwright.ssh")
public record SshProperties(
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("20s") Duration loginTimeout,
    @DefaultValue("15s") Duration keepAlive,
    @DefaultValue("30s") Duration commandTimeout,
    @DefaultValue("5m") Duration idle,
    @DefaultValue("2") int connectionsPerHost,
    @DefaultValue("8") int commandsPerConnection,
    @DefaultValue("1000") int connections,
    @DefaultValue("~/.ssh/known_hosts") List<Path> knownHosts,
    @DefaultValue("false") boolean trustOnFirstUse,
    @DefaultValue("") String stateDirectory,
    @DefaultValue("1048576") int outputPerLook) {

  /** A line is taken in parts only from 64 KiB on: a look that brings less could wait for ever. */
  private static final int LEAST_PER_LOOK = 96 * 1024;

  public SshProperties {
    require(connectTimeout.toMillis() > 0, "connect-timeout must be above zero");
    require(loginTimeout.toMillis() > 0, "login-timeout must be above zero");
    require(keepAlive.toSeconds() >= 3, "keep-alive must be 3s or more");
    require(commandTimeout.toMillis() > 0, "command-timeout must be above zero");
    require(connectionsPerHost > 0, "connections-per-host must be 1 or more");
    require(commandsPerConnection > 0, "commands-per-connection must be 1 or more");
    require(connections > 0, "connections must be 1 or more");
    require(!knownHosts.isEmpty(), "known-hosts must name a file");
    require(
        stateDirectory.isEmpty() || stateDirectory.matches("/[^'\\n]*"),
        "state-directory must be an absolute path without quotes");
    require(
        outputPerLook >= LEAST_PER_LOOK, "output-per-look must be " + LEAST_PER_LOOK + " or more");
    knownHosts = knownHosts.stream().map(SshProperties::home).toList();
  }

  private static Path home(Path path) {
    return path.startsWith("~")
        ? Path.of(System.getProperty("user.home")).resolve(Path.of("~").relativize(path))
        : path;
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException("runwright.ssh." + rule);
    }
  }
}
