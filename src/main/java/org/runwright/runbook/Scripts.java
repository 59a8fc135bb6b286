package org.runwright.runbook;

import java.util.Collection;
import org.runwright.step.Script;

/** The scripts that people may run by name. Thread-safe. */
public interface Scripts {

  /** In the order of the alphabet. */
  Collection<String> names();

  /**
   * The script as it is now.
   *
   * @throws org.runwright.step.StepRefused if there is none of this name, or it cannot be run
   */
  Script read(String name);
}
