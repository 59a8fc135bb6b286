package org.runwright.backup;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.runwright.platform.Platforms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The metric {@code runwright_backup_age_seconds}: how long ago the newest verified backup of a
 * service was begun; infinite for a service that has none though its settings want some.
 */
@Component
class BackupAge {

  private static final Logger log = LoggerFactory.getLogger(BackupAge.class);

  private final Backups backups;
  private final Platforms platforms;
  private final Clock clock;
  private final MultiGauge gauge;

  BackupAge(Backups backups, Platforms platforms, Clock clock, MeterRegistry registry) {
    this.backups = backups;
    this.platforms = platforms;
    this.clock = clock;
    this.gauge =
        MultiGauge.builder("runwright.backup.age")
            .description("Age of the newest verified backup of a service")
            .baseUnit("seconds")
            .register(registry);
  }

  /** Looks which backups are the newest; their age goes on by itself. */
  @Scheduled(fixedDelay = 10_000)
  void look() {
    try {
      Map<String, Backup> newest = backups.newestVerified();
      gauge.register(
          platforms.current().services().services().values().stream()
              .filter(service -> service.backup().isPresent())
              .map(
                  service ->
                      MultiGauge.Row.of(
                          Tags.of("service", service.name()),
                          this,
                          age -> age.seconds(Optional.ofNullable(newest.get(service.name())))))
              .toList(),
          true);
    } catch (DataAccessException e) {
      log.debug("the catalogue is out of reach; trying again", e);
    }
  }

  private double seconds(Optional<Backup> newest) {
    return newest
        .map(Backup::startedAt)
        .map(at -> Duration.between(at, now()).toMillis() / 1000.0)
        .orElse(Double.POSITIVE_INFINITY);
  }

  private Instant now() {
    return clock.instant();
  }
}
