package org.runwright.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.runwright.backup.Backup;
import org.runwright.monitor.ServiceSeen;
import org.runwright.platform.Check;
import org.runwright.platform.Host;
import org.runwright.platform.Service;

/** A service of the platform. */
record ServiceView(
    String name,
    @Schema(description = "Levels are started one after another, from 0; as in steps") int level,
    @Schema(description = "systemd, sysv, supervisor or command") String manager,
    @Schema(description = "What its manager calls it") String unit,
    Collection<String> dependsOn,
    @Schema(description = "How it is told that it is well: tcp, http, command") List<String> checks,
    List<OnHost> hosts,
    @Schema(description = "The newest backup that was restored on trial; absent if there is none")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable NewestBackup verifiedBackup) {

  /** The newest backup of the service that counts. */
  record NewestBackup(
      @Schema(description = "Id of the run that made it") String id,
      Instant startedAt,
      Instant verifiedAt,
      @Schema(description = "Since it was begun") long ageSeconds) {

    static NewestBackup of(Backup backup, Instant now) {
      return new NewestBackup(
          backup.id(),
          backup.startedAt(),
          backup.verifiedAt().orElse(backup.startedAt()),
          Duration.between(backup.startedAt(), now).toSeconds());
    }
  }

  /** The service on one host. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OnHost(
      String host,
      @Schema(description = "UNKNOWN if nobody looked yet") ServiceSeen.State state,
      @Schema(description = "What was found") @Nullable String message,
      @Schema(description = "When; absent if nobody looked yet") @Nullable Instant seenAt) {}

  static ServiceView of(
      Service service,
      int level,
      List<Host> hosts,
      List<ServiceSeen> seen,
      Optional<NewestBackup> backup) {
    return new ServiceView(
        service.name(),
        level,
        service.manager().name().toLowerCase(Locale.ROOT),
        service.unit(),
        service.dependsOn(),
        service.checks().stream().map(ServiceView::kind).toList(),
        hosts.stream().map(host -> onHost(host, seen)).toList(),
        backup.orElse(null));
  }

  private static OnHost onHost(Host host, List<ServiceSeen> seen) {
    Optional<ServiceSeen> last =
        seen.stream().filter(state -> state.host().equals(host.name())).findFirst();
    return new OnHost(
        host.name(),
        last.map(ServiceSeen::state).orElse(ServiceSeen.State.UNKNOWN),
        last.map(ServiceSeen::message).filter(message -> !message.isEmpty()).orElse(null),
        last.map(ServiceSeen::at).orElse(null));
  }

  /** Only the kind: addresses and commands of checks may hold what viewers shall not see. */
  private static String kind(Check check) {
    return check.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
