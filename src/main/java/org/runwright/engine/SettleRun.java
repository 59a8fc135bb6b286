package org.runwright.engine;

import java.util.Optional;
import java.util.function.Consumer;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.runwright.run.RunLife;
import org.runwright.run.RunState;
import org.springframework.stereotype.Component;

/**
 * The beginning of an undo: tells why, and then waits ({@link DurableWait}) until no command of the
 * run runs on any host, so that nothing changes behind the back of the undo.
 */
@Component("settleRun")
class SettleRun implements DurableDelegate {

  private final RunLife life;

  SettleRun(RunLife life) {
    this.life = life;
  }

  @Override
  public Consumer<String> begin(ExecutionEntity execution) {
    String runId = execution.getProcessBusinessKey();
    if (life.lock(runId).state() != RunState.COMPENSATING) {
      life.compensate(runId, reason(execution));
    }
    return task -> {};
  }

  private static String reason(DelegateExecution execution) {
    return Optional.ofNullable(execution.getVariable(Variables.CANCEL_REASON))
        .or(() -> Optional.ofNullable(execution.getVariable(Variables.FAILURE)))
        .map(Object::toString)
        .orElse("the model asked for compensation");
  }
}
