package org.runwright.runbook;

import java.util.List;
import java.util.Optional;
import org.runwright.platform.FileProblem;

/** The runbooks in force. Thread-safe. */
public interface Runbooks {

  /** All of them, by id. */
  List<Runbook> all();

  Optional<Runbook> find(String id);

  /** What is wrong with descriptors as they are now; one bad descriptor never hides another. */
  List<FileProblem> problems();
}
