package org.runwright.step;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.runwright.platform.BackupSettings;
import org.runwright.platform.DatabaseSettings;
import org.runwright.platform.Platform;
import org.runwright.platform.Service;

/**
 * A kind of step that acts on one backup of a service that is a database. Each may be repeated
 * without harm. Parameters:
 *
 * <ul>
 *   <li>{@code backup}: its id
 *   <li>{@code directory}: where it lies; default: where the service's backups lie now
 *   <li>{@code expected-kib}: how large it may become; 0: nobody knows
 * </ul>
 */
abstract class BackupStep implements StepKind {

  private static final String ID = "backup";
  private static final String DIRECTORY = "directory";
  private static final String EXPECTED = "expected-kib";
  private static final Set<String> PARAMETERS = Set.of(ID, DIRECTORY, EXPECTED);
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,59}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  private final String name;
  private final String title;
  private final Databases databases;

  /**
   * @param title with places for the service and the host
   */
  BackupStep(String name, String title, Databases databases) {
    this.name = name;
    this.title = title;
    this.databases = databases;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final PreparedStep prepare(StepRequest request, Platform platform) {
    Parameters parameters = Parameters.of(request, PARAMETERS);
    ServiceTarget target = ServiceTarget.of(request, platform);
    Service service = target.service();
    DatabaseSettings database =
        service
            .database()
            .orElseThrow(() -> missing(service, "is no database", "database: { kind, name }"));
    BackupSettings backup =
        service
            .backup()
            .orElseThrow(() -> missing(service, "has no backups", "backup: { directory }"));
    String id = matching(parameters, ID, SANE).orElseThrow(() -> wrong(ID));
    String directory = parameters.text(DIRECTORY).orElse(backup.directory());
    String named = title.formatted(service.name(), target.host().name());
    List<String> arguments =
        List.of(
            service.name(),
            database.name(),
            database.credentials().orElse(""),
            directory,
            id,
            matching(parameters, EXPECTED, NUMBER).orElse("0"));
    return new PreparedStep(
        name,
        named,
        target.host().name(),
        Optional.of(service.name()),
        databases.script(database.kind(), name + ".sh"),
        Call.carry(named, arguments),
        target.become(),
        request.timeLimit().orElseGet(() -> timeLimit(backup)),
        true,
        undo()
            .map(
                kind ->
                    new StepRequest(
                        kind,
                        request.host(),
                        request.service(),
                        Map.of(ID, id, DIRECTORY, directory),
                        Optional.empty())));
  }

  abstract Duration timeLimit(BackupSettings backup);

  /** The kind that takes back what this one did. */
  Optional<String> undo() {
    return Optional.empty();
  }

  private Optional<String> matching(Parameters parameters, String parameter, Pattern pattern) {
    Optional<String> value = parameters.text(parameter);
    if (value.filter(text -> !pattern.matcher(text).matches()).isPresent()) {
      throw wrong(parameter);
    }
    return value;
  }

  private StepRefused wrong(String parameter) {
    return new StepRefused(name + ": the parameter '" + parameter + "' is missing or wrong");
  }

  private static StepRefused missing(Service service, String what, String keys) {
    return new StepRefused(
        "the service " + service.name() + " " + what + "; add " + keys + " to services.yml");
  }
}
