package org.runwright.engine;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.stereotype.Component;

/**
 * Connects user tasks with the runs they belong to: the task {@code approve} of the process {@code
 * approval} is an approval, every other one is a decision that the run stands for.
 */
@Component
class UserTasks extends AbstractBpmnParseListener {

  static final String APPROVAL_PROCESS = "approval";
  static final String APPROVAL_TASK = "approve";

  private final BeanFactory beans;

  UserTasks(BeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
    TaskDefinition definition =
        ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
    boolean approval =
        APPROVAL_TASK.equals(activity.getId())
            && APPROVAL_PROCESS.equals(
                ((ProcessDefinitionEntity) activity.getProcessDefinition()).getKey());
    if (approval) {
      listen(definition, TaskListener.EVENTNAME_CREATE, task -> approvals().created(task));
      listen(definition, TaskListener.EVENTNAME_ASSIGNMENT, task -> approvals().assigned(task));
      listen(definition, TaskListener.EVENTNAME_COMPLETE, task -> approvals().completing(task));
      listen(definition, TaskListener.EVENTNAME_DELETE, task -> approvals().gone(task));
    } else {
      listen(definition, TaskListener.EVENTNAME_CREATE, task -> decisions().created(task));
      listen(definition, TaskListener.EVENTNAME_COMPLETE, task -> decisions().decided(task));
      listen(definition, TaskListener.EVENTNAME_DELETE, task -> decisions().decided(task));
    }
  }

  private static void listen(
      TaskDefinition definition, String event, java.util.function.Consumer<DelegateTask> work) {
    definition.addBuiltInTaskListener(event, work::accept);
  }

  private ApprovalUserTasks approvals() {
    return beans.getBean(ApprovalUserTasks.class);
  }

  private DecisionUserTasks decisions() {
    return beans.getBean(DecisionUserTasks.class);
  }
}
