package org.runwright.engine;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.runwright.run.Run;
import org.runwright.run.RunLife;
import org.runwright.run.RunRefused;
import org.runwright.run.Runs;
import org.runwright.runbook.Runbook;
import org.runwright.runbook.Runbooks;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.stereotype.Component;

/**
 * Sees to it that the process of a runbook runs only as a run, whoever starts it (Tasklist, the
 * engine's own REST interface, another process), and only with the runbook's locks.
 */
@Component
class RunbookProcesses extends AbstractBpmnParseListener {

  private final BeanFactory beans;

  RunbookProcesses(BeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public void parseProcess(Element element, ProcessDefinitionEntity process) {
    String key = process.getKey();
    process.addBuiltInListener(
        ExecutionListener.EVENTNAME_START, execution -> begins((ExecutionEntity) execution, key));
  }

  private void begins(ExecutionEntity process, String key) {
    List<Runbook> runbooks =
        beans.getBean(Runbooks.class).all().stream()
            .filter(runbook -> runbook.process().equals(key))
            .toList();
    if (runbooks.isEmpty()) {
      return;
    }
    Optional<Run> run =
        Optional.ofNullable(process.getProcessBusinessKey())
            .flatMap(beans.getBean(Runs.class)::find);
    if (process.getSuperExecutionId() == null) {
      if (run.isEmpty() || run.get().processInstance().isPresent()) {
        throw notAsRun(key, runbooks);
      }
      return;
    }
    TreeSet<String> locks = new TreeSet<>();
    runbooks.forEach(runbook -> locks.addAll(runbook.locks()));
    if (!locks.isEmpty()) {
      beans
          .getBean(RunLife.class)
          .holdLocks(run.orElseThrow(() -> notAsRun(key, runbooks)).id(), locks);
    }
  }

  private static RunRefused notAsRun(String key, List<Runbook> runbooks) {
    return new RunRefused(
        RunRefused.Cause.CONFLICT,
        "process %s belongs to the runbook %s and runs only as a run of it: POST /api/runbooks/%s/runs"
            .formatted(key, runbooks.get(0).id(), runbooks.get(0).id()));
  }
}
