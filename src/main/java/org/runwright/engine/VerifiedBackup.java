package org.runwright.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.runwright.backup.Backup;
import org.runwright.backup.Backups;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;
import org.runwright.platform.Service;
import org.springframework.stereotype.Component;

/**
 * A host of a database is patched only if its data can be had back: a verified backup no older than
 * the run's input {@code backupWithin} (ISO 8601; {@code none}: not asked for).
 */
@Component
class VerifiedBackup implements PatchPrecondition {

  private static final String NOT_ASKED_FOR = "none";

  private final Backups backups;
  private final Clock clock;

  VerifiedBackup(Backups backups, Clock clock) {
    this.backups = backups;
    this.clock = clock;
  }

  @Override
  public Optional<String> refusal(Host host, Platform platform, VariableScope run) {
    Object within = run.getVariable("backupWithin");
    if (within == null || within.equals(NOT_ASKED_FOR)) {
      return Optional.empty();
    }
    Map<String, Backup> newest = backups.newestVerified();
    String refusals =
        PooledHost.services(host.name(), platform)
            .filter(service -> service.database().isPresent())
            .flatMap(
                service ->
                    refusal(
                        service,
                        Optional.ofNullable(newest.get(service.name())),
                        Duration.parse(within.toString()))
                        .stream())
            .collect(Collectors.joining("; "));
    return refusals.isEmpty() ? Optional.empty() : Optional.of(refusals);
  }

  private Optional<String> refusal(Service service, Optional<Backup> newest, Duration within) {
    Instant oldest = clock.instant().minus(within);
    if (newest.isPresent() && !newest.get().startedAt().isBefore(oldest)) {
      return Optional.empty();
    }
    String what =
        newest
            .map(backup -> "the newest verified backup of %s is of " + backup.startedAt())
            .orElse("%s has no verified backup");
    return Optional.of(
        (what + ", and backupWithin asks for one no older than %s: run backup-database, then retry")
            .formatted(service.name(), within));
  }
}
