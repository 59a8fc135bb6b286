package org.runwright.step;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.runwright.platform.DatabaseKind;
import org.springframework.stereotype.Component;

/** The clients of databases by kind, each with its shell text. Thread-safe. */
@Component
class Databases {

  private final Map<DatabaseKind, DatabaseClients> clients = new EnumMap<>(DatabaseKind.class);

  Databases(List<DatabaseClients> clients) {
    clients.forEach(some -> some.kinds().forEach(kind -> this.clients.put(kind, some)));
  }

  /**
   * The script that does one thing with backups of this kind of database.
   *
   * @param flow the resource file that says what to do
   * @throws StepRefused if nothing here knows the kind
   */
  String script(DatabaseKind kind, String flow) {
    DatabaseClients found = clients.get(kind);
    if (found == null) {
      throw new StepRefused("nothing here speaks with a database of the kind " + kind.label());
    }
    return ShellText.of("report.sh", "backup.sh", found.file(), flow);
  }
}
