package org.runwright.engine;

import java.util.EnumSet;
import java.util.Set;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.impl.incident.IncidentHandler;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.runtime.Incident;
import org.runwright.run.Run;
import org.runwright.run.RunLife;
import org.runwright.run.RunState;
import org.runwright.run.Runs;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.stereotype.Component;

/** A run stands while an incident of its process is open, and goes on when it is resolved. */
@Component
class RunSuspension {

  private static final Set<RunState> STANDING =
      EnumSet.of(RunState.RUNNING, RunState.SUSPENDED, RunState.COMPENSATING);

  private final BeanFactory beans;

  RunSuspension(BeanFactory beans) {
    this.beans = beans;
  }

  IncidentHandler onIncidentsOf(String type) {
    return new SuspendingHandler(type);
  }

  private class SuspendingHandler extends DefaultIncidentHandler {

    SuspendingHandler(String type) {
      super(type);
    }

    @Override
    public Incident handleIncident(IncidentContext context, String message) {
      Incident incident = super.handleIncident(context, message);
      ExecutionEntity execution = execution(context);
      if (execution != null && movable(execution.getProcessBusinessKey())) {
        beans
            .getBean(RunLife.class)
            .suspend(
                execution.getProcessBusinessKey(),
                context.getActivityId() + ": " + (message == null ? "failed" : message));
      }
      return incident;
    }

    /** The engine calls this for every job that ends well, with and without an incident. */
    @Override
    public void resolveIncident(IncidentContext context) {
      boolean known = hasIncident(context);
      ExecutionEntity execution = execution(context);
      super.resolveIncident(context);
      if (known && execution != null && movable(execution.getProcessBusinessKey())) {
        beans.getBean(StepWaits.class).retryWaiting(execution.getActivityInstanceId());
        beans.getBean(RunLife.class).goOnIfNothingWaits(execution.getProcessBusinessKey());
      }
    }

    private boolean hasIncident(IncidentContext context) {
      return !Context.getCommandContext()
          .getIncidentManager()
          .findIncidentByConfigurationAndIncidentType(
              context.getConfiguration(), getIncidentHandlerType())
          .isEmpty();
    }

    private boolean movable(String runId) {
      return runId != null
          && beans
              .getBean(Runs.class)
              .find(runId)
              .map(Run::state)
              .filter(STANDING::contains)
              .isPresent();
    }

    private ExecutionEntity execution(IncidentContext context) {
      return context.getExecutionId() == null
          ? null
          : Context.getCommandContext()
              .getExecutionManager()
              .findExecutionById(context.getExecutionId());
    }
  }
}
