package org.runwright.platform;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the files of users lie.
 *
 * @param runbooksDir {@code runwright.runbooks-dir}: the folder of inventory.yml, services.yml and
 *     the descriptors of runbooks
 * @param filesInterval {@code runwright.files-interval}: how often the folders are looked at for
 *     changes; a change is in force after two looks that find the same
 */
@ConfigurationProperties("runwright")
public record PlatformProperties(
    @DefaultValue("./runbooks") String runbooksDir, @DefaultValue("PT2S") Duration filesInterval) {

  /**
   * The folder. The setting itself is a text, for Spring would look for a {@code Path} on the
   * classpath first.
   */
  public Path runbooks() {
    return Path.of(runbooksDir);
  }
}
