package org.runwright.platform;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The platform as inventory.yml and services.yml of one folder state it. */
@Component
class PlatformFiles implements Platforms {

  private static final Logger log = LoggerFactory.getLogger(PlatformFiles.class);

  private static final String INVENTORY = "inventory.yml";
  private static final String SERVICES = "services.yml";
  private static final Platform NOTHING =
      new Platform(
          new Inventory(new TreeMap<>(), new TreeMap<>(Map.of("all", List.of())), Map.of()),
          ServiceMap.empty());

  private final Path folder;
  private final FolderWatch watch;
  private final ApplicationEventPublisher events;
  private volatile State state = new State(NOTHING, List.of());

  PlatformFiles(PlatformProperties properties, ApplicationEventPublisher events) {
    this.folder = properties.runbooks();
    this.watch = new FolderWatch(folder, Set.of(INVENTORY, SERVICES)::contains, YamlFile.MAX_BYTES);
    this.events = events;
    load(watch.read());
  }

  @Override
  public Platform current() {
    return state.platform;
  }

  @Override
  public List<FileProblem> problems() {
    return state.problems;
  }

  @Scheduled(
      initialDelayString = "${runwright.files-interval:PT2S}",
      fixedDelayString = "${runwright.files-interval:PT2S}")
  void look() {
    watch.changed().filter(this::load).ifPresent(content -> publish());
  }

  private void publish() {
    log.info("the platform changed: {}", state.platform.inventory());
    events.publishEvent(new PlatformChanged(state.platform));
  }

  /** Whether a new version is in force. */
  private boolean load(FolderContent content) {
    List<FileProblem> problems = new ArrayList<>(content.problems());
    Optional<Inventory> inventory =
        read(content, INVENTORY, problems)
            .flatMap(
                bytes -> {
                  FileProblems own = new FileProblems(INVENTORY);
                  Surroundings around = Surroundings.ofServer(folder);
                  Optional<Inventory> read = InventoryFile.read(bytes, around, own);
                  problems.addAll(own.all());
                  return read;
                });
    Optional<ServiceMap> services =
        read(content, SERVICES, problems)
            .flatMap(
                bytes -> {
                  FileProblems own = new FileProblems(SERVICES);
                  Optional<ServiceMap> read = ServicesFile.read(bytes, inventory, own);
                  problems.addAll(own.all());
                  return read;
                });
    boolean good = problems.isEmpty() && inventory.isPresent() && services.isPresent();
    Platform platform = good ? new Platform(inventory.get(), services.get()) : state.platform;
    problems.forEach(problem -> log.warn("{}", problem));
    state = new State(platform, List.copyOf(problems));
    return good;
  }

  private static Optional<byte[]> read(
      FolderContent content, String name, List<FileProblem> problems) {
    if (content.problems().stream().anyMatch(problem -> problem.file().equals(name))) {
      return Optional.empty();
    }
    byte[] bytes = content.files().get(name);
    if (bytes == null && content.readable()) {
      problems.add(new FileProblem(name, 0, 0, "is missing; docs/files.md tells what it holds"));
    }
    return Optional.ofNullable(bytes);
  }

  private record State(Platform platform, List<FileProblem> problems) {}
}
