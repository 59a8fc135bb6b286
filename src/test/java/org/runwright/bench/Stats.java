package org.runwright.bench;

import java.util.Arrays;
import java.util.List;

/** Order statistics of a sample. */
record Stats(double[] sorted) {

  static Stats of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    Arrays.sort(sorted);
    return new Stats(sorted);
  }

  double median() {
    return at(0.5);
  }

  double p95() {
    return at(0.95);
  }

  double least() {
    return sorted[0];
  }

  private double at(double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }
}
