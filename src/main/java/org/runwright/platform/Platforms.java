package org.runwright.platform;

import java.util.List;

/**
 * The platform in force. A changed file takes effect when it is right; while it is wrong, the last
 * good version stays and the problems are told. Thread-safe.
 */
public interface Platforms {

  /** The last good version. */
  Platform current();

  /** What is wrong with the files as they are now; empty when they are in force. */
  List<FileProblem> problems();
}
