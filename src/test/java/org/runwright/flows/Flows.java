package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.runwright.access.Person;
import org.runwright.approval.Approval;
import org.runwright.approval.ApprovalDesk;
import org.runwright.lab.EmbeddedLab;
import org.runwright.run.Feed;
import org.runwright.run.FeedEvent;
import org.runwright.run.Journal;
import org.runwright.run.Run;
import org.runwright.run.RunControl;
import org.runwright.run.RunFilter;
import org.runwright.run.RunRequest;
import org.runwright.run.RunRequests;
import org.runwright.run.RunSearch;
import org.runwright.run.RunState;
import org.runwright.run.Runs;
import org.runwright.run.Step;
import org.springframework.transaction.support.TransactionOperations;

/** What tests of whole runs have in common: people, a way to run a runbook, and to look at it. */
public class Flows {

  public static final Person OPERATOR = new Person("operator", Set.of("operator"));
  public static final Person APPROVER = new Person("approver", Set.of("approver"));
  public static final Person ADMIN = new Person("admin", Set.of("admin"));
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private final RunRequests requests;
  private final Runs runs;
  private final RunSearch search;
  private final RunControl control;
  private final Journal journal;
  private final Feed feed;
  private final ApprovalDesk approvals;
  private final TransactionOperations transactions;
  private final TaskService tasks;

  Flows(
      RunRequests requests,
      Runs runs,
      RunSearch search,
      RunControl control,
      Journal journal,
      Feed feed,
      ApprovalDesk approvals,
      TransactionOperations transactions,
      TaskService tasks) {
    this.requests = requests;
    this.runs = runs;
    this.search = search;
    this.control = control;
    this.journal = journal;
    this.feed = feed;
    this.approvals = approvals;
    this.transactions = transactions;
    this.tasks = tasks;
  }

  /**
   * The models of the project and those of the tests in one folder, and the descriptors of the
   * tests in the lab's. To be called before the server starts: it may read the one folder before
   * the other.
   */
  public static Path processes(EmbeddedLab lab) {
    return processes(lab.directory(), lab.runbooksDir());
  }

  /**
   * Makes the folder of models in {@code directory}; the tests' descriptors go to {@code runbooks}.
   */
  static Path processes(Path directory, Path runbooks) {
    Path folder = directory.resolve("processes");
    try {
      Files.createDirectories(folder);
      for (Path source : List.of(Path.of("processes"), Path.of("src/test/resources/processes"))) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(source)) {
          for (Path file : files) {
            Files.copy(file, folder.resolve(file.getFileName()));
          }
        }
      }
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(Path.of("src/test/resources/runbooks"), "*.yml")) {
        for (Path file : files) {
          Files.copy(file, runbooks.resolve(file.getFileName()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  Run submit(String runbook, Map<String, Object> inputs) {
    return submit(OPERATOR, runbook, inputs);
  }

  Run submit(Person person, String runbook, Map<String, Object> inputs) {
    return requests.submit(
        person,
        new RunRequest(runbook, inputs, Optional.of("because of the test"), Optional.empty()));
  }

  /** Any command on the hosts of a pattern, by who may. */
  Run runCommand(String hosts, Map<String, Object> inputs) {
    Map<String, Object> all = new HashMap<>(inputs);
    all.put("hosts", hosts);
    return submit(ADMIN, "run-command", all);
  }

  Run submitAndAwaitEnd(String runbook, Map<String, Object> inputs) {
    return awaitEnd(submit(runbook, inputs).id());
  }

  Run awaitEnd(String runId) {
    await().atMost(LIMIT).until(() -> runs.get(runId).state().ended());
    return runs.get(runId);
  }

  Run awaitEnd(Run run) {
    return awaitEnd(run.id());
  }

  /** The task in which a person decides about a run that stands. */
  Task awaitDecision(Run run) {
    awaitState(run.id(), RunState.SUSPENDED);
    return tasks.createTaskQuery().processInstanceBusinessKey(run.id()).singleResult();
  }

  Run awaitState(String runId, RunState state) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(runs.get(runId).state()).isEqualTo(state));
    return runs.get(runId);
  }

  Run get(String runId) {
    return runs.get(runId);
  }

  Run cancel(String runId, boolean compensate) {
    return control.cancel(OPERATOR, runId, "enough", compensate);
  }

  /** Cancels what a test left unfinished, so that its locks do not stand in the next one's way. */
  void cancelAll() {
    List<Run> open =
        search.list(RunFilter.ALL, Optional.empty(), 100).stream()
            .filter(run -> !run.state().ended())
            .toList();
    open.forEach(run -> cancel(run.id(), false));
    open.forEach(run -> awaitEnd(run.id()));
  }

  void retry(Step step) {
    control.retry(OPERATOR, step.runId(), step.id(), "the cause is gone");
  }

  void resume(String runId) {
    control.resume(OPERATOR, runId, "the cause is gone");
  }

  void awaitSteps(String runId, int count) {
    await().atMost(LIMIT).until(() -> steps(runId).size() >= count);
  }

  void skip(Step step) {
    control.skip(OPERATOR, step.runId(), step.id(), "done by hand");
  }

  List<Step> steps(String runId) {
    return transactions.execute(status -> journal.of(runId));
  }

  Step lastStep(String runId, String kind) {
    List<Step> found = steps(runId, kind);
    assertThat(found).isNotEmpty();
    return found.get(found.size() - 1);
  }

  List<Step> steps(String runId, String kind) {
    return steps(runId).stream().filter(step -> step.prepared().kind().equals(kind)).toList();
  }

  /** The services that steps of a kind acted on, in the order of the journal. */
  List<String> services(String runId, String kind) {
    return steps(runId, kind).stream()
        .map(step -> step.prepared().service().orElseThrow())
        .toList();
  }

  String output(String runId) {
    return feed.outputAfter(runId, Optional.empty(), 0, 100_000).stream()
        .map(FeedEvent::body)
        .collect(Collectors.joining());
  }

  Approval awaitApproval(String runId) {
    awaitState(runId, RunState.AWAITING_APPROVAL);
    return approvals.waitingFor(APPROVER).stream()
        .filter(approval -> approval.runId().equals(runId))
        .findFirst()
        .orElseThrow();
  }

  ApprovalDesk approvals() {
    return approvals;
  }
}
