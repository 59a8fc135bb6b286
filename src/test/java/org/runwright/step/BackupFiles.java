package org.runwright.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.runwright.platform.BackupSettings;
import org.runwright.platform.DatabaseKind;
import org.runwright.platform.DatabaseSettings;
import org.runwright.platform.Platform;

/** A folder of backups of the service {@code database}, and the steps that work in it. */
record BackupFiles(Path folder, DatabaseKind kind, String name, Optional<Path> credentials) {

  static final String ID = "20260601-020000-0001234567";

  Platform platform() {
    return PlatformBuilder.aPlatform()
        .database(new DatabaseSettings(kind, name, credentials.map(Path::toString)))
        .backup(
            new BackupSettings(
                folder.toString(), Optional.empty(), Optional.empty(), 1, Duration.ofMinutes(5)))
        .build();
  }

  PreparedStep step(String kind) {
    return Kinds.prepare(kind, platform(), Map.of("backup", ID));
  }

  /** The step that takes back what this kind did. */
  PreparedStep undo(String kind) {
    StepRequest undo = step(kind).undo().orElseThrow();
    return Kinds.ALL.named(undo.kind()).prepare(undo, platform());
  }

  Path file(String suffix) {
    return folder.resolve("database-" + ID + suffix);
  }

  /** What lies in the folder, without what all names have in common. */
  List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replace("database-" + ID, ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
