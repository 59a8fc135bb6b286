package org.runwright.run;

import java.util.Map;
import java.util.TreeMap;
import org.runwright.secret.Mask;
import org.runwright.step.StepResult;

/** What hosts say, as it is stored: without secrets, and without NUL, which PostgreSQL refuses. */
final class StoredText {

  private StoredText() {}

  static String of(String said, Mask mask) {
    return mask.apply(said).replace('\0', '\uFFFD');
  }

  static StepResult of(StepResult said, Mask mask) {
    Map<String, String> values = new TreeMap<>();
    said.values().forEach((name, value) -> values.put(name, of(value, mask)));
    return new StepResult(
        said.verdict(),
        said.changed(),
        said.exitCode(),
        said.signal(),
        of(said.message(), mask),
        values);
  }
}
