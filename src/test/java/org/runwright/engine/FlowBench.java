package org.runwright.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.impl.bpmn.behavior.ExternalTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.core.variable.mapping.value.ConstantValueProvider;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.plugin.impl.SpinProcessEnginePlugin;

/**
 * The processes of {@code processes/} on an engine in memory. What computes is a stand-in; what
 * waits for a host waits as in the product and ends as the test says. Nothing moves unless the test
 * calls {@link #work()}.
 */
final class FlowBench implements AutoCloseable {

  private static final String WORKER = "bench";
  private static final int MANY = 1_000;

  private static final Set<String> REMOTE = new HashSet<>();
  private static final AtomicReference<StandInDelegates> IN_USE = new AtomicReference<>();

  /** One for all tests, because it takes longer to build than a test to run. */
  private static final ProcessEngine ENGINE = build();

  private final Map<String, Integer> failures = new HashMap<>();
  private final Map<String, Map<String, Object>> results = new HashMap<>();
  private final Set<String> held = new HashSet<>();
  private final List<String> calls = new ArrayList<>();
  private String errorCode = "step-failed";
  private final StandInDelegates delegates = new StandInDelegates(calls);

  FlowBench() {
    IN_USE.set(delegates);
  }

  private static ProcessEngine build() {
    var beans = new HashMap<Object, Object>();
    for (var name : StandInDelegates.NAMES) {
      beans.put(name, (JavaDelegate) execution -> IN_USE.get().run(name, execution));
    }
    var configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration.setProcessEngineName("bench");
    configuration.setJdbcUrl("jdbc:h2:mem:bench");
    configuration.setDefaultSerializationFormat("application/json");
    configuration.setMetricsEnabled(false);
    configuration.setBeans(beans);
    configuration.setProcessEnginePlugins(new ArrayList<>(List.of(new SpinProcessEnginePlugin())));
    configuration.setCustomPostBPMNParseListeners(new ArrayList<>(List.of(new RemoteStepsWait())));
    var engine = configuration.buildProcessEngine();
    deploy(engine, Path.of("processes"));
    return engine;
  }

  ProcessEngine engine() {
    return ENGINE;
  }

  StandInDelegates delegates() {
    return delegates;
  }

  /** The remote calls made so far, as "bean target", in order. */
  List<String> calls() {
    return calls;
  }

  /** The undos among them. */
  List<String> undoes() {
    return calls.stream().filter(call -> call.startsWith("undoStep")).toList();
  }

  /** Lets a call fail the next few times. */
  void fails(String call, int times) {
    failures.put(call, times);
  }

  /** What fails from now on fails with this error. */
  void failsWith(String code) {
    errorCode = code;
  }

  void failsAlways(String call) {
    fails(call, Integer.MAX_VALUE);
  }

  /** What a call reports when it ends well, as the variable {@code result} has it. */
  void reports(String call, Map<String, Object> values) {
    results.put(call, values);
  }

  /** Keeps a call under way. */
  void holds(String call) {
    held.add(call);
  }

  ProcessInstance start(String process) {
    return start(process, Map.of());
  }

  ProcessInstance start(String process, Map<String, Object> inputs) {
    return ENGINE
        .getRuntimeService()
        .startProcessInstanceByKey(process, "run-" + UUID.randomUUID(), new HashMap<>(inputs));
  }

  void cancel(ProcessInstance run) {
    ENGINE
        .getRuntimeService()
        .createMessageCorrelation("cancel-run")
        .processInstanceId(run.getId())
        .correlate();
  }

  /** Ends remote calls and then jobs until only people, timers and held calls are left. */
  void work() {
    for (int turn = 0; turn < MANY; turn++) {
      if (!endOneCall() && !executeOne(jobs(false))) {
        return;
      }
    }
    throw new AssertionError("still at work after " + MANY + " turns: " + calls);
  }

  /** Lets all timers ring that wait now, then works. */
  void passTime() {
    jobs(true).forEach(job -> ENGINE.getManagementService().executeJob(job.getId()));
    work();
  }

  List<Task> tasks() {
    return ENGINE.getTaskService().createTaskQuery().orderByTaskCreateTime().asc().list();
  }

  /** A person decides, as the forms submit it. */
  void decide(Task task, String decision) {
    Map<String, Object> form = new HashMap<>();
    form.put("decision", decision);
    form.put("comment", decision + " it");
    ENGINE.getFormService().submitTaskForm(task.getId(), form);
    work();
  }

  Object lastValueOf(String variable, ProcessInstance run) {
    return ENGINE
        .getHistoryService()
        .createHistoricVariableInstanceQuery()
        .processInstanceId(run.getId())
        .activityInstanceIdIn(run.getId())
        .variableName(variable)
        .singleResult()
        .getValue();
  }

  @Override
  public void close() {
    var instances = ENGINE.getRuntimeService().createProcessInstanceQuery();
    instances
        .rootProcessInstances()
        .list()
        .forEach(run -> ENGINE.getRuntimeService().deleteProcessInstance(run.getId(), "test over"));
  }

  private List<Job> jobs(boolean timers) {
    var query = ENGINE.getManagementService().createJobQuery();
    return (timers ? query.timers() : query.messages()).list();
  }

  private boolean executeOne(List<Job> jobs) {
    if (jobs.isEmpty()) {
      return false;
    }
    ENGINE.getManagementService().executeJob(jobs.get(0).getId());
    return true;
  }

  private boolean endOneCall() {
    var service = ENGINE.getExternalTaskService();
    var fetch = service.fetchAndLock(MANY, WORKER);
    for (var topic : REMOTE) {
      fetch.topic(topic, 60_000).variables("target", "undoStepId", "expiredBackup", "host");
    }
    var fetched = fetch.execute();
    fetched.forEach(task -> service.unlock(task.getId()));
    var next =
        fetched.stream()
            .filter(task -> !held.contains(call(task)))
            .min(Comparator.comparing(FlowBench::call));
    next.ifPresent(this::end);
    return next.isPresent();
  }

  private void end(LockedExternalTask task) {
    var call = call(task);
    calls.add(call);
    var service = ENGINE.getExternalTaskService();
    service.lock(task.getId(), WORKER, 60_000);
    int left = failures.getOrDefault(call, 0);
    if (left > 0) {
      failures.put(call, left - 1);
      calls.set(calls.size() - 1, call + " failed");
      var message = call + " did not work";
      service.handleBpmnError(
          task.getId(), WORKER, errorCode, message, Map.of("checkOutput", message));
    } else {
      service.complete(
          task.getId(), WORKER, null, Map.of("result", results.getOrDefault(call, Map.of())));
    }
  }

  private static String call(LockedExternalTask task) {
    if (task.getTopicName().equals("runOnHosts")) {
      var hosts = ENGINE.getRuntimeService().getVariable(task.getExecutionId(), "hosts");
      return task.getTopicName() + " " + hosts;
    }
    var on =
        Stream.of("undoStepId", "expiredBackup", "target", "host")
            .map(name -> task.getVariables().get(name))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return on == null ? task.getTopicName() : task.getTopicName() + " " + on;
  }

  private static void deploy(ProcessEngine engine, Path folder) {
    var deployment = engine.getRepositoryService().createDeployment();
    try (var files = Files.newDirectoryStream(folder, "*.{bpmn,form}")) {
      for (var file : files) {
        deployment.addString(file.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    deployment.deploy();
  }

  /** Service tasks that commit when they end are those that wait for a host. */
  private static final class RemoteStepsWait extends AbstractBpmnParseListener {

    @Override
    public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl activity) {
      if (activity.isAsyncAfter()) {
        var bean =
            element
                .attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "delegateExpression")
                .replaceAll("[${}]", "");
        REMOTE.add(bean);
        activity.setActivityBehavior(
            new ExternalTaskActivityBehavior(
                new ConstantValueProvider(bean), new ConstantValueProvider(0L)));
      }
    }
  }
}
