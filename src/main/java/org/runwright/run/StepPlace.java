package org.runwright.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names for steps that follow from where they stand, never from chance: when the database lost its
 * last commits and the engine comes to the same step again, the step has the same name, and meets
 * its own claim on the host.
 */
final class StepPlace {

  private static final int LENGTH = 32;

  private StepPlace() {}

  static String of(String runId, String element, String path, int visit) {
    return digest(runId + '\n' + element + '\n' + path + '\n' + visit);
  }

  static String stepId(String runId, String place, int attempt) {
    return digest(runId + '\n' + place + '\n' + attempt);
  }

  static String digest(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
