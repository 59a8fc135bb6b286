package org.runwright.platform;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys {@code database} and {@code backup} of a service in services.yml. */
final class BackupForm {

  private static final Duration TIMEOUT = Duration.ofHours(2);
  private static final int MOST_KEPT = 1_000;
  private static final int MOST_DAYS = 3_650;
  private static final int LONGEST_PATH = 200;

  /** Nothing that would have to be quoted in SQL, and no option of a client. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_$-]{0,62}");

  private static final Pattern PATH = Pattern.compile("/[^\\p{Cntrl}]+");

  private BackupForm() {}

  static Optional<DatabaseSettings> database(YamlMap service) {
    return service.get("database").flatMap(YamlValue::map).flatMap(BackupForm::readDatabase);
  }

  static Optional<BackupSettings> backup(YamlMap service) {
    Optional<YamlValue> value = service.get("backup");
    if (value.isPresent() && !service.has("database")) {
      value.get().problem("a backup wants to know what to back up: add \"database\"");
    }
    return value.flatMap(YamlValue::map).flatMap(BackupForm::readBackup);
  }

  private static Optional<DatabaseSettings> readDatabase(YamlMap map) {
    map.allow(List.of("kind", "name", "credentials"));
    Optional<DatabaseKind> kind =
        map.require("kind")
            .flatMap(
                v -> v.oneOf(Stream.of(DatabaseKind.values()).map(DatabaseKind::label).toList()))
            .flatMap(
                label ->
                    Stream.of(DatabaseKind.values())
                        .filter(k -> k.label().equals(label))
                        .findFirst());
    Optional<String> name =
        map.require("name")
            .flatMap(
                v -> v.text(NAME, "the name of a database: letters, digits, _ $ -, at most 63"));
    Optional<String> credentials = map.get("credentials").flatMap(BackupForm::path);
    return kind.isPresent() && name.isPresent()
        ? Optional.of(new DatabaseSettings(kind.get(), name.get(), credentials))
        : Optional.empty();
  }

  private static Optional<BackupSettings> readBackup(YamlMap map) {
    map.allow(List.of("directory", "keep", "keep-days", "keep-at-least", "timeout"));
    Optional<String> directory = map.require("directory").flatMap(BackupForm::path);
    Optional<Integer> keep = map.get("keep").flatMap(v -> v.integer(1, MOST_KEPT));
    Optional<Integer> days = map.get("keep-days").flatMap(v -> v.integer(1, MOST_DAYS));
    int atLeast = map.get("keep-at-least").flatMap(v -> v.integer(1, MOST_KEPT)).orElse(1);
    if (keep.isPresent() && keep.get() < atLeast) {
      map.get("keep")
          .ifPresent(v -> v.problem("must not be less than keep-at-least, which is " + atLeast));
    }
    Duration timeout = map.get("timeout").flatMap(YamlValue::duration).orElse(TIMEOUT);
    return directory.map(
        path -> new BackupSettings(path, keep, days.map(Duration::ofDays), atLeast, timeout));
  }

  private static Optional<String> path(YamlValue value) {
    Optional<String> path = value.text(PATH, "an absolute path on the host, such as /var/backups");
    if (path.filter(p -> p.length() > LONGEST_PATH || List.of(p.split("/")).contains(".."))
        .isPresent()) {
      value.problem("must be a path of at most " + LONGEST_PATH + " characters without \"..\"");
      return Optional.empty();
    }
    return path;
  }
}
