package org.runwright.backup;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.runwright.backup.Backup.State;
import org.runwright.platform.DatabaseKind;
import org.runwright.platform.DatabaseSettings;
import org.runwright.platform.Platforms;
import org.runwright.platform.Service;
import org.runwright.run.Step;
import org.runwright.run.StepEnded;
import org.runwright.run.StepState;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the catalogue by what steps report, in the transaction that writes how they ended: what the
 * journal knows the catalogue knows, whatever dies.
 */
@Component
class StepsCatalogued {

  private final Backups backups;
  private final Platforms platforms;
  private final Clock clock;

  StepsCatalogued(Backups backups, Platforms platforms, Clock clock) {
    this.backups = backups;
    this.platforms = platforms;
    this.clock = clock;
  }

  @EventListener
  void stepEnded(StepEnded ended) {
    Step step = ended.step();
    Optional<String> id = Optional.ofNullable(step.values().get("backup"));
    if (id.isEmpty()) {
      return;
    }
    boolean well = step.state() == StepState.SUCCEEDED;
    switch (step.prepared().kind()) {
      case "dump-database" -> backups.put(dumped(id.get(), step, well));
      case "drill-backup" -> {
        if (well) {
          backups.verified(id.get(), seconds(step.values()));
        } else {
          backups.failed(id.get(), step.message().orElse("the drill failed"));
        }
      }
      case "delete-backup" -> {
        if (well) {
          backups.deleted(id.get());
        }
      }
      default -> {
        // other kinds change no backup
      }
    }
  }

  private Backup dumped(String id, Step step, boolean well) {
    Map<String, String> values = step.values();
    String service = step.prepared().service().orElseThrow();
    return new Backup(
        id,
        service,
        step.prepared().host(),
        kind(service),
        values.getOrDefault("path", ""),
        number(values, "bytes"),
        values.getOrDefault("sha256", ""),
        step.startedAt().orElseGet(clock::instant),
        seconds(values),
        new RowCounts(
            number(values, "tables"),
            number(values, "rows"),
            values.getOrDefault("digest", ""),
            RowCounts.tables(values.getOrDefault("largest", ""))),
        well ? State.MADE : State.FAILED,
        well ? Optional.empty() : step.message(),
        Optional.empty(),
        Optional.empty());
  }

  private String kind(String service) {
    return platforms
        .current()
        .services()
        .service(service)
        .flatMap(Service::database)
        .map(DatabaseSettings::kind)
        .map(DatabaseKind::label)
        .orElse("");
  }

  private static Duration seconds(Map<String, String> values) {
    return Duration.ofSeconds(number(values, "seconds"));
  }

  /** Zero if the host said anything else. */
  private static long number(Map<String, String> values, String name) {
    String text = values.getOrDefault(name, "");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
