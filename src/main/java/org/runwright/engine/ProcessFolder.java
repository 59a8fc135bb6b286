package org.runwright.engine;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.runwright.platform.FileProblem;
import org.runwright.platform.FolderContent;
import org.runwright.platform.FolderWatch;
import org.runwright.runbook.ProcessesChanged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deploys the models of a folder, at start and on change. Files keep their plain names, so that a
 * folder that moved deploys nothing anew; a file that is wrong is told and left out, and its last
 * good version stays in force.
 */
@Component
class ProcessFolder implements SmartInitializingSingleton {

  private static final Logger log = LoggerFactory.getLogger(ProcessFolder.class);

  private static final String NAME = "processes";
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  private final RepositoryService repository;
  private final ModelCheck check;
  private final ApplicationEventPublisher events;
  private final FolderWatch watch;

  ProcessFolder(
      RepositoryService repository,
      ModelCheck check,
      ApplicationEventPublisher events,
      ProcessesProperties properties) {
    this.repository = repository;
    this.check = check;
    this.events = events;
    this.watch =
        new FolderWatch(Path.of(properties.processesDir()), ProcessFolder::isModel, MAX_BYTES);
  }

  @Override
  public void afterSingletonsInstantiated() {
    deploy(watch.read());
  }

  @Scheduled(
      initialDelayString = "${runwright.files-interval:PT2S}",
      fixedDelayString = "${runwright.files-interval:PT2S}")
  void look() {
    watch.changed().ifPresent(this::deploy);
  }

  private static boolean isModel(String name) {
    return name.endsWith(".bpmn")
        || name.endsWith(".dmn")
        || name.endsWith(".form")
        || name.endsWith(".html");
  }

  private void deploy(FolderContent content) {
    List<FileProblem> problems = new ArrayList<>(content.problems());
    SortedMap<String, byte[]> good = new TreeMap<>();
    content
        .files()
        .forEach(
            (name, bytes) ->
                checked(name, bytes, problems).ifPresent(model -> good.put(name, model)));
    if (!deployTogether(good)) {
      good.forEach((name, model) -> problems.addAll(deployAlone(name, model)));
    }
    problems.forEach(problem -> log.warn("{}", problem));
    events.publishEvent(new ProcessesChanged());
  }

  private Optional<byte[]> checked(String name, byte[] bytes, List<FileProblem> problems) {
    if (!name.endsWith(".bpmn")) {
      return Optional.of(bytes);
    }
    ModelCheck.Checked checked = check.check(name, bytes);
    problems.addAll(checked.problems());
    return checked.problems().isEmpty() ? Optional.of(checked.model()) : Optional.empty();
  }

  private boolean deployTogether(Map<String, byte[]> models) {
    if (models.isEmpty()) {
      return true;
    }
    try {
      DeploymentBuilder deployment = deployment();
      models.forEach(
          (name, model) -> deployment.addInputStream(name, new ByteArrayInputStream(model)));
      deployment.deploy();
      return true;
    } catch (ProcessEngineException e) {
      log.debug("a model cannot be deployed; trying one by one", e);
      return false;
    }
  }

  private List<FileProblem> deployAlone(String name, byte[] model) {
    try {
      deployment().addInputStream(name, new ByteArrayInputStream(model)).deploy();
      return List.of();
    } catch (ParseException e) {
      return e.getResorceReports().stream()
          .flatMap(report -> report.getErrors().stream())
          .map(
              error ->
                  new FileProblem(name, error.getLine(), error.getColumn(), error.getMessage()))
          .toList();
    } catch (ProcessEngineException e) {
      return List.of(new FileProblem(name, 0, 0, String.valueOf(e.getMessage())));
    }
  }

  private DeploymentBuilder deployment() {
    return repository.createDeployment().name(NAME).source(NAME).enableDuplicateFiltering(true);
  }
}
