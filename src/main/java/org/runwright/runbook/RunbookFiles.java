package org.runwright.runbook;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.runwright.platform.FileProblem;
import org.runwright.platform.FolderContent;
import org.runwright.platform.FolderWatch;
import org.runwright.platform.PlatformProperties;
import org.runwright.platform.YamlFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The runbooks as the descriptors of one folder state them. */
@Component
class RunbookFiles implements Runbooks {

  private static final Logger log = LoggerFactory.getLogger(RunbookFiles.class);

  private static final Set<String> OTHERS =
      Set.of("inventory.yml", "services.yml", "schedules.yml");

  private final FolderWatch watch;
  private final ObjectProvider<Processes> processes;

  /** The newest right content of each file. */
  private final Map<String, byte[]> lastGood = new HashMap<>();

  private FolderContent content;
  private boolean deployed;
  private volatile Descriptors state = new Descriptors(new TreeMap<>(), Map.of(), List.of());

  RunbookFiles(PlatformProperties properties, ObjectProvider<Processes> processes) {
    this.watch = new FolderWatch(properties.runbooks(), RunbookFiles::isWanted, YamlFile.MAX_BYTES);
    this.processes = processes;
    this.content = watch.read();
    evaluate();
  }

  @Override
  public List<Runbook> all() {
    return List.copyOf(state.runbooks().values());
  }

  @Override
  public Optional<Runbook> find(String id) {
    return Optional.ofNullable(state.runbooks().get(id));
  }

  @Override
  public List<FileProblem> problems() {
    return state.problems();
  }

  @Scheduled(
      initialDelayString = "${runwright.files-interval:PT2S}",
      fixedDelayString = "${runwright.files-interval:PT2S}")
  synchronized void look() {
    watch
        .changed()
        .ifPresent(
            changed -> {
              content =
                  changed.readable()
                      ? changed
                      : new FolderContent(content.files(), changed.problems(), false);
              evaluate();
            });
  }

  /** Before this, nobody knows the processes, and descriptors are not checked against them. */
  @EventListener({ProcessesChanged.class, ApplicationReadyEvent.class})
  synchronized void recheck() {
    deployed = true;
    evaluate();
  }

  private synchronized void evaluate() {
    Optional<Processes> known =
        deployed
            ? Optional.ofNullable(processes.getIfAvailable()).map(KnownProcesses::new)
            : Optional.empty();
    Descriptors before = state;
    state = Evaluation.of(content, new DescriptorFile(known), lastGood, before);
    state.problems().stream()
        .filter(problem -> !before.problems().contains(problem))
        .forEach(problem -> log.warn("{}", problem));
    if (!state.runbooks().equals(before.runbooks())) {
      log.info("runbooks in force: {}", state.runbooks().keySet());
    }
  }

  private static boolean isWanted(String file) {
    return (file.endsWith(".yml") || file.endsWith(".yaml")) && !OTHERS.contains(file);
  }

  /** Asks for the ids and the reserved variables once for all descriptors. */
  private static final class KnownProcesses implements Processes {

    private final Processes processes;
    private final Set<String> ids;
    private final Set<String> reserved;

    KnownProcesses(Processes processes) {
      this.processes = processes;
      this.ids = processes.ids();
      this.reserved = processes.reservedVariables();
    }

    @Override
    public Set<String> ids() {
      return ids;
    }

    @Override
    public boolean asksForApproval(String processId) {
      return processes.asksForApproval(processId);
    }

    @Override
    public Set<String> reservedVariables() {
      return reserved;
    }
  }
}
