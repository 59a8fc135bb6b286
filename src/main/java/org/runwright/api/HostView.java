package org.runwright.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.runwright.monitor.HostSeen;
import org.runwright.platform.Host;

/** A host of the inventory; its variables are not told, for they may be secret. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HostView(
    String name,
    String address,
    @Schema(description = "Of its SSH server") int port,
    Collection<String> groups,
    Collection<String> services,
    @Schema(description = "Whether it was in reach when last asked; absent if nobody asked yet")
        @Nullable Boolean reachable,
    @Schema(description = "Why it was not in reach") @Nullable String message,
    @Nullable Instant seenAt) {

  static HostView of(Host host, List<String> services, Optional<HostSeen> seen) {
    return new HostView(
        host.name(),
        host.address(),
        host.port(),
        host.groups(),
        services,
        seen.map(HostSeen::reachable).orElse(null),
        seen.map(HostSeen::message).filter(message -> !message.isEmpty()).orElse(null),
        seen.map(HostSeen::at).orElse(null));
  }
}
