package org.runwright.engine;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.incident.IncidentHandler;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.configuration.impl.AbstractCamundaConfiguration;
import org.springframework.stereotype.Component;

/** What this product sets differently from Camunda's defaults. */
@Component
class EngineSettings extends AbstractCamundaConfiguration {

  /** The most that Camunda allows. */
  private static final int HISTORY_BATCH = 500;

  private final List<BpmnParseListener> listeners;
  private final RunSuspension suspension;

  EngineSettings(List<BpmnParseListener> listeners, RunSuspension suspension) {
    this.listeners = List.copyOf(listeners);
    this.suspension = suspension;
  }

  @Override
  public void preInit(SpringProcessEngineConfiguration configuration) {
    configuration.setCustomPostBPMNParseListeners(new ArrayList<>(listeners));
    configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
    configuration.setHistoryTimeToLive("P180D");
    cleanHistory(configuration);
    // Whoever calls the engine gets the exception and tells it; once is enough.
    configuration.setEnableCmdExceptionLogging(false);
    List<IncidentHandler> handlers = new ArrayList<>();
    handlers.add(suspension.onIncidentsOf(Incident.FAILED_JOB_HANDLER_TYPE));
    handlers.add(suspension.onIncidentsOf(Incident.EXTERNAL_TASK_HANDLER_TYPE));
    configuration.setCustomIncidentHandlers(handlers);
  }

  /** All day, so that no single hour has to carry it; with nothing to do it looks once an hour. */
  private static void cleanHistory(SpringProcessEngineConfiguration configuration) {
    configuration.setHistoryCleanupStrategy(
        SpringProcessEngineConfiguration.HISTORY_CLEANUP_STRATEGY_REMOVAL_TIME_BASED);
    configuration.setHistoryCleanupBatchWindowStartTime("00:00");
    configuration.setHistoryCleanupBatchWindowEndTime("23:59");
    configuration.setHistoryCleanupBatchSize(HISTORY_BATCH);
  }
}
