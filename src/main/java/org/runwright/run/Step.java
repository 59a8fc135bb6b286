package org.runwright.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.runwright.step.PreparedStep;
import org.runwright.step.StepResult;

/**
 * One step of a run as the journal has it.
 *
 * @param id also the token under which its host runs it, at most once
 * @param seq its place in the journal of the run, from 1
 * @param element id of the BPMN element
 * @param place where in the process it stands: element, loops, visits; the same for every attempt
 * @param attempt from 1
 * @param engineWait what the engine waits with for its end
 * @param level steps of one level may run side by side, and are undone side by side
 * @param undoOf the step whose change this one takes back
 * @param undone whether another step took back the change of this one
 * @param awaitsPerson whether the run stands until a person decides about it
 * @param ending whether the model no longer wants it and its command is being ended
 * @param changed whether it altered anything; empty while or if that is unknown
 * @param values what it reported, for example {@code well=false}
 * @param outBytes bytes of its standard output that are known
 * @param errBytes bytes of its standard error that are known
 * @param outLeftOut of these, bytes of the middle that are not kept
 * @param errLeftOut the same of standard error
 * @param retryPauses before each further attempt, as the model declares them; empty: the default
 * @param node the server that drove it last
 */
public record Step(
    String id,
    String runId,
    int seq,
    String element,
    String place,
    int attempt,
    EngineWait engineWait,
    PreparedStep prepared,
    Optional<Integer> level,
    StepState state,
    Optional<String> undoOf,
    boolean undone,
    boolean awaitsPerson,
    boolean ending,
    Optional<Boolean> changed,
    Optional<Integer> exitCode,
    Optional<String> signal,
    Optional<String> message,
    Map<String, String> values,
    Instant requestedAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    long outBytes,
    long errBytes,
    long outLeftOut,
    long errLeftOut,
    List<Duration> retryPauses,
    Optional<String> node) {

  /** As it is once a server has begun it. */
  Step begun(String by, Instant at) {
    return new Step(
        id,
        runId,
        seq,
        element,
        place,
        attempt,
        engineWait,
        prepared,
        level,
        StepState.RUNNING,
        undoOf,
        undone,
        awaitsPerson,
        ending,
        changed,
        exitCode,
        signal,
        message,
        values,
        requestedAt,
        Optional.of(at),
        endedAt,
        outBytes,
        errBytes,
        outLeftOut,
        errLeftOut,
        retryPauses,
        Optional.of(by));
  }

  /** As it is once it has ended. */
  Step ended(StepState how, StepResult result, Instant at) {
    return new Step(
        id,
        runId,
        seq,
        element,
        place,
        attempt,
        engineWait,
        prepared,
        level,
        how,
        undoOf,
        undone,
        awaitsPerson,
        false,
        result.changed(),
        result.exitCode(),
        result.signal(),
        Optional.of(result.message()),
        result.values(),
        requestedAt,
        startedAt,
        Optional.of(at),
        outBytes,
        errBytes,
        outLeftOut,
        errLeftOut,
        retryPauses,
        node);
  }
}
