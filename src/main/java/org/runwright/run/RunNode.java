package org.runwright.run;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The name of this server among those that share a database.
 *
 * @param nodeId unique among them, and the same after a restart; {@code runwright.node-id}
 */
@ConfigurationProperties("runwright")
public record RunNode(@DefaultValue("node-1") String nodeId) {

  public String id() {
    return nodeId;
  }
}
