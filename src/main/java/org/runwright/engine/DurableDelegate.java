package org.runwright.engine;

import java.util.function.Consumer;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/** The delegate of a service task whose work outlives the engine's transaction. */
interface DurableDelegate {

  /**
   * Checks what the element asks for, in the engine's transaction.
   *
   * @return what is to be done as soon as the engine's durable task stands, given its id
   * @throws org.runwright.step.StepRefused if the element asks for what cannot be
   */
  Consumer<String> begin(ExecutionEntity execution);
}
