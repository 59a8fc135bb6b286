package org.runwright.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The name of this server among those that share a database.
 *
 * @param nodeId {@code runwright.node-id}: unique among them, and the same after a restart; empty:
 *     made of the machine's name and the data directory
 * @param dataDir {@code runwright.data-dir}: where the server keeps its files
 */
@ConfigurationProperties("runwright")
public record RunNode(@DefaultValue("") String nodeId, @DefaultValue("./data") String dataDir) {

  /** The name in force. */
  public String id() {
    return nodeId.isBlank()
        ? machine() + "-" + StepPlace.digest(Path.of(dataDir).toAbsolutePath().toString())
        : nodeId;
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "node";
    }
  }
}
