package org.runwright.step;

import java.util.Set;
import org.runwright.platform.DatabaseKind;

/** How databases of one make are dumped and restored. Stateless and thread-safe. */
interface DatabaseClients {

  Set<DatabaseKind> kinds();

  /** The resource file with what the clients of this make are told; {@code backup.sh} says what. */
  String file();
}
