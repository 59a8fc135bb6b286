package org.runwright.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.runwright.run.Journal;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.stereotype.Component;

/** Gives service tasks that name a delegate for hosts the behaviour of a durable wait. */
@Component
class DurableSteps extends AbstractBpmnParseListener {

  /** Topic of steps that run on hosts. */
  static final String STEPS = "step";

  /** Topic of waits until nothing of a run runs any more. */
  static final String SETTLING = "settle";

  private static final Pattern BEAN = Pattern.compile("[$#]\\{\\s*(\\w+)\\s*}");

  private final BeanFactory beans;
  private final WorkerBell bell;

  DurableSteps(BeanFactory beans, WorkerBell bell) {
    this.beans = beans;
    this.bell = bell;
  }

  @Override
  public void parseServiceTask(Element task, ScopeImpl scope, ActivityImpl activity) {
    Optional<String> delegate = delegate(task);
    if (delegate.isEmpty() || !beans.containsBean(delegate.get())) {
      return;
    }
    String name = delegate.get();
    if (beans.isTypeMatch(name, RemoteStep.class)) {
      activity.setActivityBehavior(new DurableWait(STEPS, beans, name, bell));
      activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, e -> left((ExecutionEntity) e));
    } else if (beans.isTypeMatch(name, DurableDelegate.class)) {
      activity.setActivityBehavior(new DurableWait(SETTLING, beans, name, bell));
    }
  }

  /** The name of the bean that is the task's delegate. */
  static Optional<String> delegate(Element task) {
    String expression =
        task.attributeNS(
            BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, BpmnParse.PROPERTYNAME_DELEGATE_EXPRESSION);
    if (expression == null) {
      return Optional.empty();
    }
    Matcher matcher = BEAN.matcher(expression.trim());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private void left(ExecutionEntity execution) {
    if (execution.isCanceled()
        && beans.getBean(Journal.class).giveUp(execution.getActivityInstanceId())) {
      bell.ringOnCommit();
    }
  }
}
