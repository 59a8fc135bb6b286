package org.runwright.api;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.runwright.backup.Backup;
import org.runwright.backup.Backups;
import org.runwright.monitor.HostSeen;
import org.runwright.monitor.LastSeen;
import org.runwright.monitor.ServiceSeen;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;
import org.runwright.platform.Platforms;
import org.runwright.platform.Service;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The platform that is operated: its services and hosts with the state last seen. */
@RestController
@RequestMapping(path = "/api", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Platform")
class PlatformController {

  private final Platforms platforms;
  private final LastSeen lastSeen;
  private final Backups backups;
  private final Clock clock;

  PlatformController(Platforms platforms, LastSeen lastSeen, Backups backups, Clock clock) {
    this.platforms = platforms;
    this.lastSeen = lastSeen;
    this.backups = backups;
    this.clock = clock;
  }

  @GetMapping("/services")
  @Operation(operationId = "listServices", summary = "The service map, in the order of starting")
  @ApiResponse(responseCode = "200", description = "With the state last seen on each host")
  ServiceMapView services() {
    Platform platform = platforms.current();
    Map<String, List<ServiceSeen>> seen =
        lastSeen.services().stream().collect(groupingBy(ServiceSeen::service));
    Map<String, Backup> newest = backups.newestVerified();
    List<List<Service>> levels =
        platform.services().levels(platform.services().services().keySet());
    List<ServiceView> views = new ArrayList<>();
    for (int level = 0; level < levels.size(); level++) {
      for (Service service : levels.get(level)) {
        views.add(
            ServiceView.of(
                service,
                level,
                platform.hostsOf(service),
                seen.getOrDefault(service.name(), List.of()),
                Optional.ofNullable(newest.get(service.name()))
                    .map(backup -> ServiceView.NewestBackup.of(backup, clock.instant()))));
      }
    }
    return new ServiceMapView(platform.services().platform(), views, problems());
  }

  @GetMapping("/hosts")
  @Operation(operationId = "listHosts", summary = "The hosts, by name")
  @ApiResponse(responseCode = "200", description = "With whether each was in reach when last asked")
  HostList hosts() {
    Platform platform = platforms.current();
    Map<String, HostSeen> seen =
        lastSeen.hosts().stream().collect(toMap(HostSeen::host, host -> host));
    return new HostList(
        platform.inventory().hosts().values().stream()
            .map(
                host ->
                    HostView.of(
                        host,
                        servicesOn(platform, host),
                        Optional.ofNullable(seen.get(host.name()))))
            .toList(),
        problems());
  }

  private static List<String> servicesOn(Platform platform, Host host) {
    return platform.services().services().values().stream()
        .filter(service -> platform.hostsOf(service).contains(host))
        .map(Service::name)
        .toList();
  }

  private List<FileProblemView> problems() {
    return platforms.problems().stream().map(FileProblemView::of).toList();
  }
}
