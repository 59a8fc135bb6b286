package org.runwright.run;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what ended is kept.
 *
 * @param output what commands wrote, from the end of their run; zero: as long as the run
 * @param runs the whole run with its steps and approvals, from its end; zero: for ever
 */
@ConfigurationProperties("runwright.retention")
public record RetentionProperties(
    @DefaultValue("P30D") Duration output, @DefaultValue("P365D") Duration runs) {

  public RetentionProperties {
    if (output.isNegative() || runs.isNegative()) {
      throw new IllegalArgumentException("runwright.retention: no duration is below zero");
    }
  }
}
