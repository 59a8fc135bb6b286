package org.runwright.step;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much is kept of what a step writes.
 *
 * @param limit bytes of each of its two streams: the first half of them from the stream's
 *     beginning, the other half from its end; what lies between is counted. Kept and left out in
 *     whole rows of up to 64 KiB
 */
@ConfigurationProperties("runwright.output")
public record OutputLimit(@DefaultValue("16777216") long limit) {

  private static final long SMALLEST = 128 * 1024;

  public OutputLimit {
    if (limit < SMALLEST) {
      throw new IllegalArgumentException("runwright.output.limit must be " + SMALLEST + " or more");
    }
  }

  /** Bytes that are kept from the beginning of a stream. */
  public long head() {
    return limit / 2;
  }

  /** Bytes that are kept from the end of a stream. */
  public long tail() {
    return limit - head();
  }

  /** How many of the last bytes of a stream are of use to whoever knows it up to an offset. */
  long wanted(long offset) {
    return offset < head() ? 0 : tail();
  }
}
