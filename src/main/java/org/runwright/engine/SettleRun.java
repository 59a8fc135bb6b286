package org.runwright.engine;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.runwright.run.RunLife;
import org.runwright.run.RunState;
import org.springframework.stereotype.Component;

/**
 * The beginning of an undo: tells why, and then waits ({@link DurableWait}) until no command of the
 * run runs on any host, so that nothing changes behind the back of the undo.
 */
@Component("settleRun")
class SettleRun implements JavaDelegate {

  private final RunLife life;

  SettleRun(RunLife life) {
    this.life = life;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String runId = execution.getProcessBusinessKey();
    if (life.lock(runId).state() != RunState.COMPENSATING) {
      life.compensate(runId, reason(execution));
    }
  }

  private static String reason(DelegateExecution execution) {
    return Optional.ofNullable(execution.getVariable(Variables.CANCEL_REASON))
        .or(() -> Optional.ofNullable(execution.getVariable(Variables.FAILURE)))
        .map(Object::toString)
        .orElse("the model asked for compensation");
  }
}
