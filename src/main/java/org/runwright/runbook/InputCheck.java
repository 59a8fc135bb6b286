package org.runwright.runbook;

import java.util.Map;
import org.runwright.platform.Platform;

/** Checks the inputs of a run. */
public final class InputCheck {

  private InputCheck() {}

  public static Map<String, Object> check(
      Runbook runbook, Map<String, Object> given, Platform platform) {
    return given;
  }
}
