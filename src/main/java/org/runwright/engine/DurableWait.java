package org.runwright.engine;

import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.bpmn.behavior.ExternalTaskActivityBehavior;
import org.camunda.bpm.engine.impl.core.variable.mapping.value.ConstantValueProvider;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.runwright.step.StepRefused;
import org.springframework.beans.factory.BeanFactory;

/**
 * The behaviour of a service task whose work outlives a transaction: first its delegate runs in the
 * engine's transaction, then a durable external task is filed for the {@link StepWorker}.
 */
class DurableWait extends ExternalTaskActivityBehavior {

  private final BeanFactory beans;
  private final String delegate;
  private final WorkerBell bell;

  DurableWait(String topic, BeanFactory beans, String delegate, WorkerBell bell) {
    super(new ConstantValueProvider(topic), new ConstantValueProvider(0L));
    this.beans = beans;
    this.delegate = delegate;
    this.bell = bell;
  }

  @Override
  public void execute(ActivityExecution execution) throws Exception {
    executeWithErrorPropagation(
        execution,
        () -> {
          runDelegate((DelegateExecution) execution);
          super.execute(execution);
          bell.ringOnCommit();
          return null;
        });
  }

  private void runDelegate(DelegateExecution execution) throws Exception {
    try {
      beans.getBean(delegate, JavaDelegate.class).execute(execution);
    } catch (StepRefused e) {
      throw new BpmnError(Variables.STEP_FAILED, e.getMessage(), e);
    }
  }
}
