package org.runwright.engine;

import java.util.function.Consumer;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.impl.bpmn.behavior.ExternalTaskActivityBehavior;
import org.camunda.bpm.engine.impl.core.variable.mapping.value.ConstantValueProvider;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExternalTaskEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.runwright.step.StepRefused;
import org.springframework.beans.factory.BeanFactory;

/**
 * The behaviour of a service task whose work outlives a transaction: its delegate runs in the
 * engine's transaction, which also files a durable external task. The task is never fetched by a
 * worker; it ends with the steps that the delegate wrote ({@link StepWaits}), and gives them an
 * incident and a retry in Cockpit.
 */
class DurableWait extends ExternalTaskActivityBehavior {

  private static final long NO_PRIORITY = 0;

  private final String topic;
  private final BeanFactory beans;
  private final String delegate;
  private final WorkerBell bell;

  DurableWait(String topic, BeanFactory beans, String delegate, WorkerBell bell) {
    super(new ConstantValueProvider(topic), new ConstantValueProvider(NO_PRIORITY));
    this.topic = topic;
    this.beans = beans;
    this.delegate = delegate;
    this.bell = bell;
  }

  @Override
  public void execute(ActivityExecution execution) throws Exception {
    executeWithErrorPropagation(
        execution,
        () -> {
          ExecutionEntity here = (ExecutionEntity) execution;
          Consumer<String> work = begin(here);
          work.accept(ExternalTaskEntity.createAndInsert(here, topic, NO_PRIORITY).getId());
          bell.ringOnCommit();
          return null;
        });
  }

  private Consumer<String> begin(ExecutionEntity execution) {
    try {
      return beans.getBean(delegate, DurableDelegate.class).begin(execution);
    } catch (StepRefused e) {
      throw new BpmnError(Variables.STEP_FAILED, e.getMessage(), e);
    }
  }
}
