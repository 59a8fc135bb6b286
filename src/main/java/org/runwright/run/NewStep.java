package org.runwright.run;

import java.util.Optional;
import org.runwright.step.PreparedStep;

/**
 * A step to be written into the journal.
 *
 * @param element id of the BPMN element
 * @param path where the element stands within the process's loops; visits are counted by the
 *     journal
 * @param execution the engine's name for the wait that the step ends
 */
public record NewStep(
    String runId,
    String element,
    String path,
    String execution,
    PreparedStep prepared,
    Optional<Integer> level,
    Optional<String> undoOf) {}
