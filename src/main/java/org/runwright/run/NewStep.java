package org.runwright.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.runwright.step.PreparedStep;

/**
 * A step to be written into the journal.
 *
 * @param element id of the BPMN element
 * @param path where the element stands within the process's loops; visits are counted by the
 *     journal
 * @param retryPauses before each further attempt, as the model declares them; empty: the default
 */
public record NewStep(
    String runId,
    String element,
    String path,
    EngineWait engineWait,
    PreparedStep prepared,
    Optional<Integer> level,
    Optional<String> undoOf,
    List<Duration> retryPauses) {}
