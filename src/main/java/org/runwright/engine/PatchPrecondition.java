package org.runwright.engine;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;

/**
 * Something that has to be true of a host before it is patched and that the host itself cannot
 * tell, such as a verified backup of its database. Every bean of this type is asked. Thread-safe.
 */
interface PatchPrecondition {

  /**
   * Why the host must not be patched now, and what to do about it; empty: it may be.
   *
   * @param run the variables of the run, its inputs among them
   */
  Optional<String> refusal(Host host, Platform platform, VariableScope run);
}
